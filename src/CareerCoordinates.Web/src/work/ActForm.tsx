import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError, api, ask, type Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { etagOf, readMilestone } from '../api/questions';
import { isAhead } from '../person/content';
import { failureText } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { DateField } from '../ui/DateField';
import { Reason } from '../ui/Reason';
import { SubmitOrCancel } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { asWritten } from '../words/days';
import { MilestoneConflict } from './MilestoneConflict';
import { useWords } from './words';

type Milestone = Schemas['Milestone'];

export const acts = ['verify', 'return', 'reject', 'end', 'withdraw', 'void', 'answer', 'contest'] as const;
export type Act = (typeof acts)[number];

interface Props {
  framework: Framework;
  milestone: Milestone;
  act: Act;
  today: string;
  onClose: () => void;
  /** What came of it. */
  onDone: (milestone: Milestone) => void;
}

/** One thing done to a milestone, with the reason that others will read. */
export function ActForm({ framework, milestone, act, today, onClose, onDone }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [on, setOn] = useState(today);
  const [kind, setKind] = useState<Schemas['EndKind']>('ended');
  const [fault, setFault] = useState('');
  const [now, setNow] = useState<Milestone | null>(null);
  const [busy, setBusy] = useState(false);
  useUnsaved(reason.trim() !== '');

  // Who goes on at once goes on with what it is now.
  const renewed = () => Promise.all([['person', milestone.workerId], ['inbox']].map((queryKey) => client.invalidateQueries({ queryKey })));
  const send = async (over: Milestone) => {
    setBusy(true);
    setFault('');
    setNow(null);
    try {
      const done = await perform(over, act, { reason: reason.trim(), on: asWritten(on), kind });
      await renewed();
      onDone(done);
    } catch (refused) {
      setBusy(false);
      if (!(refused instanceof ApiError && refused.status === 412)) {
        setFault(failureText(refused));
        return;
      }
      try {
        setNow(await readMilestone(milestone.workerId, milestone.id));
      } catch (failed) {
        setFault(failureText(failed));
      }
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(milestone);
  };

  return (
    <form className="act" onSubmit={submit}>
      {act === 'verify' && isAhead(milestone, framework) ? (
        <p className="note warning">{t('warn.notYet')}</p>
      ) : (
        <p className="hint">{t(`act.${act}.about`)}</p>
      )}
      {act === 'end' && (
        <div className="row">
          <DateField label={t('act.end.on')} name="on" required value={on} onChange={setOn} />
          <Choice
            label={t('act.end.kind')}
            value={kind}
            options={[
              ['ended', t('milestone.ended')],
              ['revoked', t('milestone.revoked')],
            ]}
            onChoose={(value) => setKind(value as Schemas['EndKind'])}
          />
        </div>
      )}
      {act !== 'verify' && (
        <Reason
          label={t(act === 'answer' ? 'act.answer.reason' : act === 'contest' ? 'act.contest.reason' : 'inbox.reason')}
          rows={3}
          autoFocus
          value={reason}
          onChange={setReason}
        />
      )}
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {now && (
        <MilestoneConflict
          framework={framework}
          now={now}
          mine={milestone}
          mineIs="seen"
          onMine={now.actions.includes(act) ? () => void send(now) : null}
          mineWords={t('act.allTheSame', { act: t(`act.${act}`) })}
          onTheirs={() => {
            void renewed();
            onClose();
          }}
        />
      )}
      <SubmitOrCancel busy={busy} className={act === 'void' || act === 'reject' ? 'danger' : 'main'} disabled={now !== null} onCancel={onClose}>
        {t(`act.${act}`)}
      </SubmitOrCancel>
    </form>
  );
}

function perform(milestone: Milestone, act: Act, said: { reason: string; on: string; kind: Schemas['EndKind'] }): Promise<Milestone> {
  const path = { workerId: milestone.workerId, milestoneId: milestone.id };
  const params = { path, header: { 'If-Match': etagOf(milestone) } };
  const body = { reason: said.reason };
  switch (act) {
    case 'verify':
      return ask(api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:verify', { params }));
    case 'return':
      return ask(api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:return', { params, body }));
    case 'reject':
      return ask(api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:reject', { params, body }));
    case 'end':
      return ask(api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:end', { params, body: said }));
    case 'withdraw':
      return ask(api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:withdraw', { params, body }));
    case 'void':
      return ask(api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:void', { params, body }));
    case 'answer':
      return ask(api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:answer', { params, body }));
    case 'contest':
      return ask(api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:contest', { params, body }));
  }
}
