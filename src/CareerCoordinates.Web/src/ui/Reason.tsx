import { useId } from 'react';

interface Props {
  label: string;
  value: string;
  rows?: number;
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

/** Why something is done: others will read it. */
export function Reason({ label, rows = 2, onChange, ...input }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} name="reason" rows={rows} required maxLength={2000} {...input} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}
