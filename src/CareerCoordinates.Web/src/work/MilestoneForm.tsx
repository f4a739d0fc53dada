import { type FormEvent, useMemo, useRef, useState } from 'react';
import { ApiError, api, ask, type Schemas } from '../api/client';
import { byCode, type Framework, meets, type MilestoneType, rungOf } from '../api/framework';
import { useMilestones, useTrajectory } from '../api/questions';
import { CareerGrid } from '../grid/CareerGrid';
import { failureText } from '../ui/Answers';
import { Field } from '../ui/Field';
import { lastDay } from '../words/days';
import { useWords } from '../words/words';
import { AttributeField } from './AttributeField';

interface Props {
  framework: Framework;
  type: MilestoneType;
  workerId: string;
  isSelf: boolean;
  careerStart: string | null;
  today: string;
  onOther: () => void;
  onSaved: () => void;
}

const writtenDay = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** The form that draws itself from the type, and shows at once what it would give. */
export function MilestoneForm({ framework, type, workerId, isSelf, careerStart, today, onOther, onSaved }: Props) {
  const { t, name } = useWords();
  const [on, setOn] = useState('');
  const [until, setUntil] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const [references, setReferences] = useState<Record<string, string>>({});
  const [note, setNote] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const sent = useRef({ body: '', key: '' });

  const attributes = useMemo(() => typedValues(type, values), [type, values]);
  const grants = type.grants.filter((grant) => meets(grant.when.all, attributes));
  const faults = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const fault = (pointer: string) => faults.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))?.detail;
  const shown = ['/occurredOn', '/until', '/evidence', '/note', ...type.attributes.map((one) => `/attributes/${one.code}`)];
  const isPlaced = faults.length > 0 && faults.every((one) => shown.some((pointer) => one.pointer.startsWith(pointer)));

  // Others can be looked for by those who keep people; a worker leaves that to them.
  const asked = type.attributes.filter((one) => !isSelf || one.type !== 'ref' || one.required);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const evidence = type.evidence.flatMap((code) => {
      const reference = references[code]?.trim();
      return reference ? [{ type: code, reference }] : [];
    });
    const body = { type: type.code, occurredOn: on.trim(), until: until.trim() || null, attributes, evidence, note: note.trim() || null };
    // The same content again is the same record, however often a lost connection makes one send it.
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
    try {
      const header = { 'Idempotency-Key': sent.current.key };
      await ask(api.POST('/api/v1/workers/{workerId}/milestones', { params: { path: { workerId }, header }, body }));
      onSaved();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  return (
    <div className="two-columns">
      <form className="card" onSubmit={(event) => void submit(event)}>
        <div className="dialog-head">
          <h2>{name(type)}</h2>
          <button type="button" className="quiet" onClick={onOther}>
            {t('log.otherType')}
          </button>
        </div>
        {type.note && <p className="hint">{name(type.note)}</p>}
        <Field label={t('log.on')} hint={t('log.onHint')} name="occurredOn" required autoFocus value={on} fault={fault('/occurredOn')} onChange={(e) => setOn(e.target.value)} />
        {type.period !== 'point' && (
          <Field
            label={t('log.until')}
            hint={t(type.period === 'term' ? 'log.untilTerm' : 'log.untilHint')}
            name="until"
            required={type.period === 'term'}
            value={until}
            fault={fault('/until')}
            onChange={(e) => setUntil(e.target.value)}
          />
        )}
        {asked.map((attribute) => (
          <AttributeField
            key={attribute.code}
            framework={framework}
            attribute={attribute}
            value={values[attribute.code] ?? ''}
            fault={fault(`/attributes/${attribute.code}`)}
            onChange={(value) => setValues({ ...values, [attribute.code]: value })}
          />
        ))}
        {type.evidence.map((code, i) => (
          <Field
            key={code}
            label={`${t('log.evidence')}: ${name(byCode(framework.evidenceTypes, code), code)} ${t('log.optional')}`}
            hint={t('log.reference')}
            name={`evidence-${code}`}
            value={references[code] ?? ''}
            fault={i === 0 ? fault('/evidence') : undefined}
            onChange={(e) => setReferences({ ...references, [code]: e.target.value })}
          />
        ))}
        <Field label={`${t('log.note')} ${t('log.optional')}`} name="note" value={note} fault={fault('/note')} onChange={(e) => setNote(e.target.value)} />
        {error !== null && !isPlaced && (
          <p className="fault" role="alert">
            {failureText(error)}
          </p>
        )}
        <button type="submit" className="main" disabled={busy}>
          {busy ? t('waiting') : t('log.save')}
        </button>
      </form>
      <div>
        <div className="card" role="status">
          {grants.map((grant) => {
            const rung = rungOf(framework, grant.channel, grant.rung);
            const said = { channel: name(byCode(framework.channels, grant.channel)), rung: name(rung), level: rung?.level ?? '' };
            return <p key={grant.channel + grant.rung}>{t(grant.mode === 'direct' ? 'log.grants' : 'log.supports', said)}</p>;
          })}
          {grants.length === 0 && <p>{t('log.noGrant')}</p>}
        </div>
        {writtenDay.test(on) && <Preview {...{ framework, type, workerId, careerStart, today, on, grants }} />}
      </div>
    </div>
  );
}

/** Values as the API takes them: numbers as numbers, what is empty left out. */
function typedValues(type: MilestoneType, values: Record<string, string>): Record<string, unknown> {
  const typed: Record<string, unknown> = {};
  for (const { code, type: kind } of type.attributes) {
    const value = values[code]?.trim() ?? '';
    if (value === '') continue;
    const number = Number(value);
    if (kind === 'boolean') typed[code] = value === 'true';
    else typed[code] = (kind === 'integer' || kind === 'decimal') && Number.isFinite(number) ? number : value;
  }
  return typed;
}

interface PreviewProps extends Pick<Props, 'framework' | 'type' | 'workerId' | 'careerStart' | 'today'> {
  on: string;
  grants: MilestoneType['grants'];
}

/** The worker's grid with the new milestone on it, hollow as what waits. */
function Preview({ framework, type, workerId, careerStart, today, on, grants }: PreviewProps) {
  const { t, name } = useWords();
  const trajectory = useTrajectory(workerId).data;
  const milestones = useMilestones(workerId).data;
  if (!trajectory || !milestones || Number.isNaN(Date.parse(lastDay(on)))) return null;
  const draft = {
    id: 'draft',
    type: type.code,
    occurredOn: on,
    counting: null,
    state: 'submitted',
    grants: grants.map((grant) => ({ ...grant, level: rungOf(framework, grant.channel, grant.rung)?.level ?? 1 })),
  } as unknown as Schemas['Milestone'];
  const start = careerStart ?? `${(trajectory.points[0]?.from ?? today).slice(0, 4)}-01-01`;
  return (
    <div className="card">
      <h3>{t('log.place')}</h3>
      <CareerGrid
        framework={framework}
        start={start}
        hasStages={careerStart !== null}
        trajectory={trajectory}
        milestones={[...milestones, draft]}
        steps={undefined}
        asOf={today}
        isToday
        yearsInCareer={null}
        onChoose={() => {}}
        nameOf={(id) => name(id === 'draft' ? type : byCode(framework.milestoneTypes, milestones.find((one) => one.id === id)?.type))}
      />
    </div>
  );
}
