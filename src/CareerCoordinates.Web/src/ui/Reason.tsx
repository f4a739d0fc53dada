import { useId } from 'react';
import { useWrong } from './useWrong';

interface Props {
  label: string;
  hint?: string;
  name?: string;
  value: string;
  rows?: number;
  maxLength?: number;
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

/** Why something is done: others will read it. */
export function Reason({ label, hint, name = 'reason', rows = 2, maxLength = 2000, onChange, ...input }: Props) {
  const id = useId();
  const { wrong, onInvalid } = useWrong(input.value);
  const told = [hint && `${id}-hint`, wrong && `${id}-fault`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        {...{ id, name, rows, maxLength, onInvalid }}
        required
        aria-describedby={told}
        aria-invalid={wrong ? true : undefined}
        {...input}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
      {wrong && (
        <small id={`${id}-fault`} className="fault" role="alert">
          {wrong}
        </small>
      )}
    </div>
  );
}
