import { useId } from 'react';
import { useWrong } from './useWrong';

interface Props {
  label: string;
  value: string;
  /** What stands for no choice; left out where one is needed. */
  none?: string;
  options: [value: string, words: string][];
  onChoose: (value: string) => void;
  fault?: string;
  required?: boolean;
  name?: string;
}

export function Choice({ label, value, none, options, onChoose, fault: refused, required, name }: Props) {
  const id = useId();
  const { wrong, onInvalid } = useWrong(value);
  const fault = refused ?? wrong;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        name={name}
        value={value}
        required={required}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-fault` : undefined}
        onInvalid={onInvalid}
        onChange={(event) => onChoose(event.target.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
      {fault && (
        <small id={`${id}-fault`} className="fault" role="alert">
          {fault}
        </small>
      )}
    </div>
  );
}
