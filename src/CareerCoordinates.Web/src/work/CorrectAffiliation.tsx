import { type FormEvent, useState } from 'react';
import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { useOrganizations } from '../api/questions';
import { Reason } from '../ui/Reason';
import { SubmitOrCancel } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { dayText } from '../words/days';
import {
  type Affiliation,
  type AffiliationDraft,
  changeAffiliation,
  contentOfAffiliation,
  draftOfAffiliation,
  readAffiliation,
} from './affiliation';
import { AffiliationFields } from './AffiliationFields';
import { CorrectionConflict } from './CorrectionConflict';
import { useChange } from './useChange';
import { useWords } from './words';

interface Props {
  framework: Framework;
  affiliation: Affiliation;
  onClose: () => void;
  onDone: () => void;
}

/** An affiliation as it should have been recorded, such as a transfer on a wrong day. */
export function CorrectAffiliation({ framework, affiliation, onClose, onDone }: Props) {
  const { t, name } = useWords();
  const organizations = useOrganizations().data?.items;
  const [base, setBase] = useState(affiliation);
  const [draft, setDraft] = useState<AffiliationDraft>(() => draftOfAffiliation(affiliation));
  const [reason, setReason] = useState('');
  const { error, now, busy, send, settle } = useChange(() => readAffiliation(affiliation));
  const [before, after] = [contentOfAffiliation(draftOfAffiliation(base)), contentOfAffiliation(draft)];
  const changed = (Object.keys(before) as (keyof typeof before)[]).filter((member) => before[member] !== after[member]);
  useUnsaved(changed.length > 0 || reason.trim() !== '');

  const correct = (over: Affiliation) =>
    send(async () => {
      const patch = Object.fromEntries(changed.map((member) => [member, after[member]])) as Schemas['AffiliationPatch'];
      await changeAffiliation(over, { ...patch, reason: reason.trim() });
      onDone();
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void correct(base);
  };
  const names: Record<keyof AffiliationDraft, string> = {
    kind: t('place.kind'),
    organizationId: t('people.organization'),
    externalName: t('place.externalName'),
    from: t('place.from'),
    until: t('place.until'),
    primary: t('place.primary'),
    staffNumber: t('place.staffNumber'),
    employmentForm: t('place.form'),
    occupationCode: t('place.occupationCode'),
  };
  const said = (member: keyof AffiliationDraft, { [member]: value }: AffiliationDraft): string => {
    if (value === '') return '–';
    switch (member) {
      case 'kind':
        return t(`place.kind.${value as Affiliation['kind']}`);
      case 'organizationId':
        return organizations?.find((one) => one.id === value)?.name ?? t('place.outside');
      case 'from':
      case 'until':
        return dayText(String(value));
      case 'primary':
        return t(value ? 'yes' : 'no');
      case 'employmentForm':
        return name(byCode(framework.employmentForms, String(value)), String(value));
      default:
        return String(value);
    }
  };

  return (
    <form onSubmit={submit}>
      <p className="hint">{t('place.correctAbout')}</p>
      <AffiliationFields {...{ framework, draft, error }} mayBeOutside hasUntil choosesPrimary onChange={setDraft} />
      <Reason label={t('correct.reason')} value={reason} onChange={setReason} />
      {now && (
        <CorrectionConflict
          now={now}
          rows={changed.map((member) => ({
            label: names[member],
            theirs: said(member, draftOfAffiliation(now)),
            mine: said(member, draft),
          }))}
          onMine={() => void correct(now)}
          onTheirs={() => {
            setBase(now);
            setDraft(draftOfAffiliation(now));
            settle();
          }}
        />
      )}
      <SubmitOrCancel busy={busy} disabled={now !== null || changed.length === 0} onCancel={onClose}>
        {t('orgs.save')}
      </SubmitOrCancel>
    </form>
  );
}
