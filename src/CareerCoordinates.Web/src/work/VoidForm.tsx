import { type FormEvent, type ReactNode, useState } from 'react';
import { failureText } from '../ui/Answers';
import { Conflict } from '../ui/Conflict';
import { Reason } from '../ui/Reason';
import { SubmitOrCancel } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { useChange } from './useChange';
import { useWords } from './words';

interface Props<T> {
  about: string;
  one: T;
  read: () => Promise<T>;
  send: (over: T, reason: string) => Promise<void>;
  children?: ReactNode;
  onClose: () => void;
}

/** Says that something was never true; final. */
export function VoidForm<T extends { recordedBy: string; voided: boolean }>({ about, one, read, send, children, onClose }: Props<T>) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const change = useChange(read);
  const { now } = change;
  useUnsaved(reason.trim() !== '');
  const perform = (over: T) => change.send(() => send(over, reason.trim()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void perform(one);
  };
  return (
    <form onSubmit={submit}>
      <p className="hint">{about}</p>
      {children}
      <Reason label={t('inbox.reason')} autoFocus value={reason} onChange={setReason} />
      {change.error !== null && (
        <p className="fault" role="alert">
          {failureText(change.error)}
        </p>
      )}
      {now && (
        <Conflict
          who={t('conflict.by', { account: now.recordedBy })}
          rows={[]}
          mineIs="seen"
          onMine={now.voided ? null : () => void perform(now)}
          mineWords={t('act.allTheSame', { act: t('act.void') })}
          onTheirs={onClose}
        />
      )}
      <SubmitOrCancel busy={change.busy} className="danger" disabled={now !== null} onCancel={onClose}>
        {t('act.void')}
      </SubmitOrCancel>
    </form>
  );
}
