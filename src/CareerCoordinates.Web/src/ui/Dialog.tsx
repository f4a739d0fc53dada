import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../words/words';

interface Props {
  title: string;
  children: ReactNode;
  /** Without it the dialog stays until what it asks is done. */
  onClose?: () => void;
}

/** The browser's own dialog: it keeps the focus inside, gives it back afterwards, and closes by Escape. */
export function Dialog({ title, children, onClose }: Props) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClick={(event) => event.target === dialog.current && onClose?.()}
    >
      <div className="dialog-body">
        <div className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          {onClose && (
            <button type="button" className="quiet" onClick={onClose}>
              {t('close')}
            </button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
