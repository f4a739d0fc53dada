import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { useWrong } from './useWrong';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  label: ReactNode;
  hint?: ReactNode;
  fault?: string;
}

/** A labelled input; its fault is said with it. */
export function Field({ label, hint, fault: refused, ...input }: Props) {
  const id = useId();
  const { wrong, onInvalid } = useWrong(input.value);
  const fault = refused ?? wrong;
  const told = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} aria-describedby={told} aria-invalid={fault ? true : undefined} onInvalid={onInvalid} {...input} />
      {hint && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
      {fault && (
        <small id={`${id}-fault`} className="fault" role="alert">
          {fault}
        </small>
      )}
    </div>
  );
}
