import { useId, useRef, useState } from 'react';
import { dayText, lastDay, writtenDay } from '../words/days';
import { useWords } from '../words/words';
import { useWrong } from './useWrong';

interface Props {
  label: string;
  hint?: string;
  name: string;
  value: string;
  fault?: string;
  required?: boolean;
  autoFocus?: boolean;
  /** Told where what is typed is later. */
  today?: string;
  onChange: (value: string) => void;
}

/** A date as people write it, or out of the browser's calendar. */
export function DateField({ label, hint, name, value, fault, required, autoFocus, today, onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const [isLeft, setLeft] = useState(false);
  const written = writtenDay(value);
  const { wrong: unfilled, onInvalid } = useWrong(value);
  const wrong = fault ?? unfilled ?? (isLeft && value.trim() !== '' && written === null ? t('day.unreadable') : undefined);
  const isAhead = today !== undefined && written !== null && lastDay(written) > today;
  const told = [hint && `${id}-hint`, wrong && `${id}-fault`, isAhead && `${id}-ahead`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="date">
        <input
          {...{ id, name, value, required, autoFocus }}
          inputMode="decimal"
          autoComplete="off"
          aria-describedby={told}
          aria-invalid={wrong ? true : undefined}
          onInvalid={onInvalid}
          onChange={(event) => {
            setLeft(false);
            onChange(event.target.value);
          }}
          onBlur={() => {
            setLeft(true);
            if (written !== null && written !== value) onChange(written);
          }}
        />
        <button type="button" aria-label={t('day.choose', { label })} onClick={() => picker.current?.showPicker()}>
          <svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
            <path d="M3 5h14v12H3zM3 9h14M7 2.5V6M13 2.5V6" />
          </svg>
        </button>
        <input
          ref={picker}
          className="hidden-input"
          type="date"
          tabIndex={-1}
          aria-hidden="true"
          value={written?.length === 10 ? written : ''}
          onChange={(event) => event.target.value && onChange(event.target.value)}
        />
      </div>
      {hint && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
      {wrong && (
        <small id={`${id}-fault`} className="fault">
          {wrong}
        </small>
      )}
      {isAhead && (
        <small id={`${id}-ahead`} className="ahead">
          {t('day.ahead', { day: dayText(lastDay(written)) })}
        </small>
      )}
    </div>
  );
}
