import { ApiError, type Schemas } from '../api/client';
import { said } from '../api/said';
import { type Attribute, byCode, type Framework, type MilestoneType } from '../api/framework';
import { failureText } from '../ui/Answers';
import { DateField } from '../ui/DateField';
import { Field } from '../ui/Field';
import { todayIn } from '../words/days';
import { useWords } from '../words/words';
import { AttributeField } from './AttributeField';
import type { Draft } from './draft';

interface Props {
  framework: Framework;
  type: MilestoneType;
  /** Those that are asked for here. */
  attributes: Attribute[];
  draft: Draft;
  /** Why the API refused it; null where it did not. */
  error: unknown;
  /** More that is wrong, said of each of several people. */
  common?: Schemas['ProblemFault'][];
  onChange: (draft: Draft) => void;
}

/** The inputs that a type asks for, each with what is wrong with it. */
export function MilestoneFields({ framework, type, attributes, draft, error, common = [], onChange }: Props) {
  const { t, name } = useWords();
  const refused = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const faults = [...refused, ...common.map((one) => ({ ...one, detail: said(one.code, one.detail) }))];
  const fault = (pointer: string) => faults.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))?.detail;
  const shown = ['/occurredOn', '/until', '/evidence', '/note', ...attributes.map((one) => `/attributes/${one.code}`)];
  const isPlaced = faults.length > 0 && faults.every((one) => shown.some((pointer) => one.pointer.startsWith(pointer)));
  return (
    <>
      <DateField
        label={t('log.on')}
        hint={t('log.onHint')}
        name="occurredOn"
        required
        autoFocus
        value={draft.on}
        fault={fault('/occurredOn')}
        today={todayIn(framework.timeZone)}
        onChange={(on) => onChange({ ...draft, on })}
      />
      {type.period !== 'point' && (
        <DateField
          label={t('log.until')}
          hint={t(type.period === 'term' ? 'log.untilTerm' : 'log.untilHint')}
          name="until"
          required={type.period === 'term'}
          value={draft.until}
          fault={fault('/until')}
          onChange={(until) => onChange({ ...draft, until })}
        />
      )}
      {attributes.map((attribute) => (
        <AttributeField
          key={attribute.code}
          framework={framework}
          attribute={attribute}
          value={draft.values[attribute.code] ?? ''}
          fault={fault(`/attributes/${attribute.code}`)}
          onChange={(value) => onChange({ ...draft, values: { ...draft.values, [attribute.code]: value } })}
        />
      ))}
      {draft.evidence.map((proof, i) => (
        <Field
          key={i}
          label={`${t('log.evidence')}${t('colon')}${name(byCode(framework.evidenceTypes, proof.type), proof.type)} ${t('log.optional')}`}
          hint={t('log.reference')}
          name={`evidence-${proof.type}`}
          value={proof.reference}
          fault={i === 0 ? fault('/evidence') : undefined}
          onChange={(e) =>
            onChange({ ...draft, evidence: draft.evidence.map((one, j) => (j === i ? { ...one, reference: e.target.value } : one)) })
          }
        />
      ))}
      <Field
        label={`${t('log.note')} ${t('log.optional')}`}
        name="note"
        value={draft.note}
        fault={fault('/note')}
        onChange={(e) => onChange({ ...draft, note: e.target.value })}
      />
      {error !== null && !isPlaced && (
        <p className="fault" role="alert">
          {failureText(error)}
        </p>
      )}
    </>
  );
}
