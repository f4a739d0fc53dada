import { type InputHTMLAttributes, useEffect, useState } from 'react';
import { Field } from './Field';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value'> {
  label: string;
  hint?: string;
  value: string;
  /** What is taken at once, as it is typed; the rest waits until the input is left. */
  isComplete?: (value: string) => boolean;
  onTyped: (value: string) => void;
}

/** What is half typed asks for nothing yet. */
export function Typed({ value, isComplete, onTyped, ...input }: Props) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = () => typed.trim() !== value && onTyped(typed.trim());
  return (
    <Field
      {...input}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        if (isComplete?.(event.target.value)) onTyped(event.target.value);
      }}
      // Of a day some parts may still be missing, and the browser then gives none of it.
      onBlur={isComplete && input.type !== 'number' ? undefined : take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}
