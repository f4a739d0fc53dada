import type { ReactNode } from 'react';
import { useWords } from '../words/words';

interface Props {
  busy: boolean;
  className?: string;
  disabled?: boolean;
  children: ReactNode;
}

/** Sends a form, once at a time. It keeps the focus while it waits, which a disabled button would lose. */
export function Submit({ busy, className = 'main', disabled, children }: Props) {
  const { t } = useWords();
  return (
    <button type="submit" className={className} disabled={disabled} aria-disabled={busy || undefined} onClick={(event) => busy && event.preventDefault()}>
      {busy ? t('sending') : children}
    </button>
  );
}

/** The end of a form in a dialog: it is sent, or left as if nothing had been typed. */
export function SubmitOrCancel({ onCancel, ...submit }: Props & { onCancel: () => void }) {
  const { t } = useWords();
  return (
    <div className="buttons">
      <Submit {...submit} />
      <button type="button" onClick={onCancel}>
        {t('cancel')}
      </button>
    </div>
  );
}
