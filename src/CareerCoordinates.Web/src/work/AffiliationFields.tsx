import { ApiError } from '../api/client';
import type { Framework } from '../api/framework';
import { failureText } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { DateField } from '../ui/DateField';
import { Field } from '../ui/Field';
import { todayIn } from '../words/days';
import { type AffiliationDraft, kinds } from './affiliation';
import { OrganizationChoice } from './OrganizationChoice';
import { useWords } from './words';

interface Props {
  framework: Framework;
  draft: AffiliationDraft;
  /** Why the API refused it; null where it did not. */
  error: unknown;
  /** Where in the request it stands. */
  at?: string;
  mayBeOutside: boolean;
  hasUntil: boolean;
  choosesPrimary: boolean;
  onChange: (draft: AffiliationDraft) => void;
}

/** The members that have an input here or beside it; what is wrong with any other is said below all. */
const shown = ['kind', 'externalName', 'organizationId', 'from', 'until', 'staffNumber', 'employmentForm', 'occupationCode', 'reason'];

/** The inputs of an affiliation, each with what is wrong with it. */
export function AffiliationFields({ framework, draft, error, at = '', mayBeOutside, hasUntil, choosesPrimary, onChange }: Props) {
  const { t, name } = useWords();
  const faults = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const fault = (member: string) => faults.find((one) => one.pointer === `${at}/${member}`)?.detail;
  const isPlaced = faults.some((one) => shown.some((member) => one.pointer === `${at}/${member}`) || (at !== '' && !one.pointer.startsWith(at)));
  const set = (member: keyof AffiliationDraft) => (value: string) => onChange({ ...draft, [member]: value });
  const typed = (member: keyof AffiliationDraft) => (event: { target: { value: string } }) => set(member)(event.target.value);
  return (
    <>
      <Choice
        label={t('place.kind')}
        name="kind"
        value={draft.kind}
        fault={fault('kind')}
        options={kinds.filter((one) => mayBeOutside || one !== 'external').map((one) => [one, t(`place.kind.${one}`)])}
        onChoose={set('kind')}
      />
      {draft.kind === 'external' ? (
        <Field label={t('place.externalName')} name="externalName" required value={draft.externalName} fault={fault('externalName')} onChange={typed('externalName')} />
      ) : (
        <OrganizationChoice label={t('people.organization')} required value={draft.organizationId} fault={fault('organizationId')} onChoose={set('organizationId')} />
      )}
      <DateField
        label={t('place.from')}
        name="from"
        required
        value={draft.from}
        fault={fault('from')}
        today={todayIn(framework.timeZone)}
        onChange={set('from')}
      />
      {hasUntil && <DateField label={t('place.until')} hint={t('place.untilHint')} name="until" value={draft.until} fault={fault('until')} onChange={set('until')} />}
      <Field
        label={`${t('place.staffNumber')} ${t('log.optional')}`}
        name="staffNumber"
        value={draft.staffNumber}
        fault={fault('staffNumber')}
        onChange={typed('staffNumber')}
      />
      <Choice
        label={`${t('place.form')} ${t('log.optional')}`}
        name="employmentForm"
        value={draft.employmentForm}
        none={t('log.choose')}
        fault={fault('employmentForm')}
        options={framework.employmentForms.map((one) => [one.code, name(one)])}
        onChoose={set('employmentForm')}
      />
      <Field
        label={`${t('place.occupationCode')} ${t('log.optional')}`}
        hint={t('place.occupationHint')}
        name="occupationCode"
        value={draft.occupationCode}
        fault={fault('occupationCode')}
        onChange={typed('occupationCode')}
      />
      {choosesPrimary && draft.kind !== 'external' && (
        <p>
          <label className="check">
            <input type="checkbox" checked={draft.primary} onChange={(event) => onChange({ ...draft, primary: event.target.checked })} />
            {t('place.makePrimary')}
          </label>
        </p>
      )}
      {error !== null && !isPlaced && (
        <p className="fault" role="alert">
          {failureText(error)}
        </p>
      )}
    </>
  );
}
