import { type FormEvent, useState } from 'react';
import { api, ask } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { etagOf, useMilestones } from '../api/questions';
import { failureText } from '../ui/Answers';
import { Conflict } from '../ui/Conflict';
import { DateField } from '../ui/DateField';
import { Reason } from '../ui/Reason';
import { SubmitOrCancel } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { asWritten, dayText } from '../words/days';
import { type Affiliation, readAffiliation } from './affiliation';
import { useChange } from './useChange';
import { useWords } from './words';

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
  const milestones = useMilestones(affiliation.workerId).data ?? [];
  const [on, setOn] = useState(today);
  const [reason, setReason] = useState('');
  const [alsoEnd, setAlsoEnd] = useState<string[]>([]);
  useUnsaved(reason.trim() !== '');
  const { error, now, busy, send } = useChange(() => readAffiliation(affiliation));
  const open = milestones.filter(
    (one) =>
      one.actions.includes('end') &&
      one.ended === null &&
      one.until === null &&
      byCode(framework.milestoneTypes, one.type)?.period === 'open',
  );

  const end = (over: Affiliation) =>
    send(async () => {
      const params = { path: { workerId: over.workerId, affiliationId: over.id }, header: { 'If-Match': etagOf(over) } };
      const body = { on: asWritten(on), reason: reason.trim(), alsoEnd };
      await ask(api.POST('/api/v1/workers/{workerId}/affiliations/{affiliationId}:end', { params, body }));
      onDone();
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void end(affiliation);
  };
  const lasts = (one: { from: string; until: string | null }) => `${dayText(one.from)} – ${one.until ? dayText(one.until) : t('place.lasts')}`;

  return (
    <form onSubmit={submit}>
      <DateField label={t('act.end.on')} name="on" required value={on} onChange={setOn} />
      <Reason label={t('inbox.reason')} value={reason} onChange={setReason} />
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
      {error !== null && (
        <p className="fault" role="alert">
          {failureText(error)}
        </p>
      )}
      {now && (
        <Conflict
          who={t('conflict.by', { account: now.recordedBy })}
          rows={[{ label: t('place.days'), theirs: lasts(now), mine: lasts(affiliation) }].filter((row) => row.theirs !== row.mine)}
          mineIs="seen"
          onMine={now.voided ? null : () => void end(now)}
          mineWords={t('act.allTheSame', { act: t('place.end') })}
          onTheirs={onClose}
        />
      )}
      <SubmitOrCancel busy={busy} disabled={now !== null} onCancel={onClose}>
        {t('place.end')}
      </SubmitOrCancel>
    </form>
  );
}
