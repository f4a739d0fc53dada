import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError, api, ask, type Schemas } from '../api/client';
import { failureText } from '../ui/Answers';
import { Reason } from '../ui/Reason';
import { SubmitOrCancel } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { useWords } from '../words/words';

/** The worker says what is wrong with a record; it stays as it is until somebody answers. */
export function Contest({ milestone }: { milestone: Schemas['Milestone'] }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  useUnsaved(reason.trim() !== '');
  const again = () => client.invalidateQueries({ queryKey: ['person', milestone.workerId] });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault('');
    const path = { workerId: milestone.workerId, milestoneId: milestone.id };
    const header = { 'If-Match': milestone.etag! };
    const body = { reason: reason.trim() };
    try {
      await ask(api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:contest', { params: { path, header }, body }));
      setOpen(false);
      setReason('');
      await again();
    } catch (error) {
      const isChanged = error instanceof ApiError && error.status === 412;
      setFault(isChanged ? t('inbox.changed') : failureText(error));
      if (isChanged) await again();
    }
    setBusy(false);
  };

  if (!milestone.actions.includes('contest') || milestone.contested) return null;
  if (!isOpen) {
    return (
      <p>
        <button type="button" onClick={() => setOpen(true)}>
          {t('contest.open')}
        </button>
      </p>
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Reason label={t('contest.reason')} name="contest" rows={3} autoFocus value={reason} onChange={setReason} />
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <SubmitOrCancel
        busy={busy}
        onCancel={() => {
          setReason('');
          setOpen(false);
        }}
      >
        {t('contest.send')}
      </SubmitOrCancel>
    </form>
  );
}
