import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useWords } from '../words/words';

interface Props {
  title: string;
  children: ReactNode;
  /** Without it the dialog stays until what it asks is done. */
  onClose?: () => void;
}

/** The browser's own dialog: it keeps the focus inside and closes by Escape; the focus goes back to where it was. */
export function Dialog({ title, children, onClose }: Props) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the dialog leaves the page, or the browser could not give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
    };
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
