import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useWords } from '../words/words';
import { mayLeave } from './useUnsaved';

interface Props {
  title: string;
  children: ReactNode;
  /** Without it the dialog stays until what it asks is done. */
  onClose?: () => void;
}

/** The browser's own dialog: the focus begins in the first field or on the heading, stays inside and goes back to where it was; Escape closes, after a question where something is typed. */
export function Dialog({ title, children, onClose }: Props) {
  const { t } = useWords();
  const leave = onClose && (() => mayLeave() && onClose());
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the dialog leaves the page, or the browser could not give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    (shown?.querySelector<HTMLElement>('input, select, textarea') ?? shown?.querySelector('h2'))?.focus();
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
        leave?.();
      }}
      // The second click of the two that opened it means nothing.
      onClick={(event) => event.target === dialog.current && event.detail < 2 && leave?.()}
    >
      <div className="dialog-body">
        <div className="dialog-head">
          <h2 id={titleId} tabIndex={-1}>{title}</h2>
          {leave && (
            <button type="button" className="quiet" onClick={leave}>
              {t('close')}
            </button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
