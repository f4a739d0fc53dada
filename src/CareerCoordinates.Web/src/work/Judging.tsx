import { type FormEvent, useId, useState } from 'react';
import { ApiError, api, ask, type Schemas } from '../api/client';
import { failureText } from '../ui/Answers';
import { Dialog } from '../ui/Dialog';
import { useWords } from '../words/words';

export type Verdict = 'return' | 'reject';

interface Props {
  milestone: Schemas['Milestone'];
  verdict: Verdict;
  onClose: () => void;
  onDone: () => void;
}

/** Returned or rejected, with the reason that the other side reads. */
export function Judging({ milestone, verdict, onClose, onDone }: Props) {
  const { t } = useWords();
  const id = useId();
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault('');
    const asked = {
      params: { path: { workerId: milestone.workerId, milestoneId: milestone.id }, header: { 'If-Match': milestone.etag! } },
      body: { reason: reason.trim() },
    };
    try {
      await ask(
        verdict === 'return'
          ? api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:return', asked)
          : api.POST('/api/v1/workers/{workerId}/milestones/{milestoneId}:reject', asked),
      );
      onDone();
      onClose();
    } catch (error) {
      // One that came too late is no fault of him who made it.
      setFault(error instanceof ApiError && error.status === 412 ? t('inbox.changed') : failureText(error));
      onDone();
      setBusy(false);
    }
  };
  return (
    <Dialog title={t(verdict === 'return' ? 'inbox.return' : 'inbox.reject')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor={id}>{t('inbox.reason')}</label>
          <textarea id={id} name="reason" rows={3} required maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
        {fault && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        <div className="buttons">
          <button type="submit" className="main" disabled={busy}>
            {t(verdict === 'return' ? 'inbox.return' : 'inbox.reject')}
          </button>
          <button type="button" onClick={onClose}>
            {t('cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
