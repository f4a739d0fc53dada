import { type FormEvent, useState } from 'react';
import { ApiError, api, ask, type Schemas } from '../api/client';
import { etagOf } from '../api/questions';
import { failureText } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { DateField } from '../ui/DateField';
import { Field } from '../ui/Field';
import { Reason } from '../ui/Reason';
import { SubmitOrCancel } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { asWritten } from '../words/days';
import { personalFacts } from '../person/personalFacts';
import { CorrectionConflict } from './CorrectionConflict';
import { useChange } from './useChange';
import { useWords } from './words';

type Worker = Schemas['Worker'];
type Draft = Record<'name' | 'number' | 'careerStart' | 'birthDate' | 'gender' | 'migrantWorker' | 'idNumber', string>;

const draftOf = (one: Worker): Draft => ({
  name: one.name ?? '',
  number: one.number ?? '',
  careerStart: one.careerStart ?? '',
  birthDate: one.birthDate ?? '',
  gender: one.gender ?? '',
  migrantWorker: one.migrantWorker === null ? '' : String(one.migrantWorker),
  // What is shown of it is not the number.
  idNumber: '',
});

const contentOf = (draft: Draft) => ({
  name: draft.name.trim(),
  number: draft.number.trim() || null,
  careerStart: asWritten(draft.careerStart) || null,
  birthDate: asWritten(draft.birthDate) || null,
  gender: draft.gender || null,
  migrantWorker: draft.migrantWorker === '' ? null : draft.migrantWorker === 'true',
  idNumber: draft.idNumber.trim() || null,
});

interface Props {
  worker: Worker;
  onClose: () => void;
  onDone: () => void;
}

/** A worker's data as they should have been recorded; only what differs is sent, so what somebody else changed elsewhere in them stays. */
export function CorrectPersonalData({ worker, onClose, onDone }: Props) {
  const { t } = useWords();
  const [base, setBase] = useState(worker);
  const [draft, setDraft] = useState(() => draftOf(worker));
  const [reason, setReason] = useState('');
  const { error, now, busy, send, settle } = useChange(() => ask(api.GET('/api/v1/workers/{workerId}', { params: { path: { workerId: worker.id } } })));
  const [before, after] = [contentOf(draftOf(base)), contentOf(draft)];
  const changed = (Object.keys(before) as (keyof Draft)[]).filter((member) => before[member] !== after[member]);
  useUnsaved(changed.length > 0 || reason.trim() !== '');

  const correct = (over: Worker) =>
    send(async () => {
      const patch = Object.fromEntries(changed.map((member) => [member, after[member]])) as Schemas['WorkerPatch'];
      const params = { path: { workerId: worker.id }, header: { 'If-Match': etagOf(over) } };
      await ask(api.PATCH('/api/v1/workers/{workerId}', { params, body: { ...patch, reason: reason.trim() } }));
      onDone();
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void correct(base);
  };
  const faults = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const of = (member: keyof Draft) => ({
    name: member,
    value: draft[member],
    fault: faults.find((one) => one.pointer === `/${member}`)?.detail,
  });
  const put = (member: keyof Draft) => (value: string) => setDraft({ ...draft, [member]: value });
  const isPlaced = faults.length > 0 && faults.every((one) => one.pointer.slice(1) in draft);
  /** As it would be: what somebody else changed elsewhere stays. */
  const mine = now && personalFacts({ ...now, ...Object.fromEntries(changed.map((member) => [member, after[member]])), idNumber: now.idNumber }, t);

  return (
    <form onSubmit={submit}>
      <p className="hint">{t('data.about')}</p>
      <Field label={t('people.name')} required autoComplete="off" {...of('name')} onChange={(event) => put('name')(event.target.value)} />
      <Field label={`${t('people.number')} ${t('log.optional')}`} {...of('number')} onChange={(event) => put('number')(event.target.value)} />
      <DateField label={`${t('people.start')} ${t('log.optional')}`} hint={t('people.startHint')} {...of('careerStart')} onChange={put('careerStart')} />
      <DateField label={`${t('people.birth')} ${t('log.optional')}`} {...of('birthDate')} onChange={put('birthDate')} />
      <Choice
        label={`${t('people.gender')} ${t('log.optional')}`}
        none={t('data.none')}
        options={[
          ['female', t('people.female')],
          ['male', t('people.male')],
        ]}
        {...of('gender')}
        onChoose={put('gender')}
      />
      <Choice
        label={`${t('data.migrant')} ${t('log.optional')}`}
        none={t('data.none')}
        options={[
          ['true', t('yes')],
          ['false', t('no')],
        ]}
        {...of('migrantWorker')}
        onChoose={put('migrantWorker')}
      />
      <Field
        label={`${t('people.idNumber')} ${t('log.optional')}`}
        hint={t('data.idNumberHint')}
        placeholder={worker.idNumber ?? undefined}
        autoComplete="off"
        {...of('idNumber')}
        onChange={(event) => put('idNumber')(event.target.value)}
      />
      <Reason label={t('correct.reason')} value={reason} onChange={setReason} />
      {error !== null && !isPlaced && (
        <p className="fault" role="alert">
          {failureText(error)}
        </p>
      )}
      {now && mine && (
        <CorrectionConflict
          now={now}
          rows={personalFacts(now, t).map(([label, theirs], i) => ({ label, theirs: theirs ?? '–', mine: mine[i]![1] ?? '–' }))}
          onMine={() => void correct(now)}
          onTheirs={() => {
            setBase(now);
            setDraft(draftOf(now));
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
