import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { ApiError, api, ask, type Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { etagOf, useMilestones } from '../api/questions';
import { failureText } from '../ui/Answers';
import { Conflict } from '../ui/Conflict';
import { Field } from '../ui/Field';
import { dayText } from '../words/days';
import { useWords } from './words';

type Affiliation = Schemas['Affiliation'];

interface Props {
  framework: Framework;
  affiliation: Affiliation;
  today: string;
  onClose: () => void;
  onDone: () => void;
}

/** The last day at a place, and what ends with it: nothing ends by itself. */
export function EndAffiliation({ framework, affiliation, today, onClose, onDone }: Props) {
  const { t, name } = useWords();
  const reasonId = useId();
  const client = useQueryClient();
  const milestones = useMilestones(affiliation.workerId).data ?? [];
  const [on, setOn] = useState(today);
  const [reason, setReason] = useState('');
  const [alsoEnd, setAlsoEnd] = useState<string[]>([]);
  const [fault, setFault] = useState('');
  const [now, setNow] = useState<Affiliation | null>(null);
  const [busy, setBusy] = useState(false);
  const open = milestones.filter(
    (one) =>
      one.actions.includes('end') &&
      one.ended === null &&
      one.until === null &&
      byCode(framework.milestoneTypes, one.type)?.period === 'open',
  );

  const send = async (over: Affiliation) => {
    setBusy(true);
    setFault('');
    setNow(null);
    const path = { workerId: affiliation.workerId, affiliationId: affiliation.id };
    const params = { path, header: { 'If-Match': etagOf(over) } };
    try {
      await ask(api.POST('/api/v1/workers/{workerId}/affiliations/{affiliationId}:end', { params, body: { on, reason: reason.trim(), alsoEnd } }));
      void client.invalidateQueries({ queryKey: ['person', affiliation.workerId] });
      onDone();
    } catch (refused) {
      setBusy(false);
      if (!(refused instanceof ApiError && refused.status === 412)) {
        setFault(failureText(refused));
        return;
      }
      try {
        setNow(await ask(api.GET('/api/v1/workers/{workerId}/affiliations/{affiliationId}', { params: { path } })));
      } catch (failed) {
        setFault(failureText(failed));
      }
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(affiliation);
  };
  const lasts = (one: { from: string; until: string | null }) => `${dayText(one.from)} – ${one.until ? dayText(one.until) : t('place.lasts')}`;

  return (
    <form onSubmit={submit}>
      <Field label={t('act.end.on')} name="on" type="date" required value={on} onChange={(event) => setOn(event.target.value)} />
      <div className="field">
        <label htmlFor={reasonId}>{t('inbox.reason')}</label>
        <textarea id={reasonId} name="reason" rows={2} required maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </div>
      {open.length > 0 && (
        <fieldset>
          <legend>{t('place.alsoEnd')}</legend>
          {open.map((one) => (
            <p key={one.id}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={alsoEnd.includes(one.id)}
                  onChange={(event) => setAlsoEnd(event.target.checked ? [...alsoEnd, one.id] : alsoEnd.filter((id) => id !== one.id))}
                />
                {name(byCode(framework.milestoneTypes, one.type), one.type)} · {t('since', { day: dayText(one.occurredOn) })}
              </label>
            </p>
          ))}
        </fieldset>
      )}
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {now && (
        <Conflict
          who={t('conflict.by', { account: now.recordedBy })}
          rows={[{ label: t('place.days'), theirs: lasts(now), mine: lasts(affiliation) }].filter((row) => row.theirs !== row.mine)}
          mineIs="seen"
          onMine={now.voided ? null : () => void send(now)}
          mineWords={t('act.allTheSame', { act: t('place.end') })}
          onTheirs={() => {
            void client.invalidateQueries({ queryKey: ['person', affiliation.workerId] });
            onClose();
          }}
        />
      )}
      <div className="buttons">
        <button type="submit" className="main" disabled={busy || now !== null}>
          {busy ? t('waiting') : t('place.end')}
        </button>
        <button type="button" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
