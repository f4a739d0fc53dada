import { type FormEvent, useState } from 'react';
import { useWords, type Values, type Word } from '../words/words';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What the browser finds wrong when a form is sent, for the input to say in the page's language, where the browser would open a bubble in its own. */
export function useWrong(value: unknown) {
  const { t } = useWords();
  const [found, setFound] = useState<{ at: unknown; words: [Word, Values?] } | null>(null);
  const onInvalid = (event: FormEvent<Control>) => {
    event.preventDefault();
    const input = event.currentTarget;
    setFound({ at: value, words: wordsFor(input) });
    if (input === input.form?.querySelector(':is(input, select, textarea):invalid')) input.focus();
  };
  // Said until something else stands there, and not again when what was sent is cleared.
  if (found !== null && found.at !== value) setFound(null);
  const wrong = found !== null && found.at === value ? t(...found.words) : undefined;
  return { wrong, onInvalid };
}

function wordsFor(input: Control): [Word, Values?] {
  const { valueMissing, badInput, rangeUnderflow, rangeOverflow } = input.validity;
  if (badInput && input.type === 'number') return ['field.number'];
  if (valueMissing) return ['field.missing'];
  if (rangeUnderflow) return ['field.atLeast', { least: (input as HTMLInputElement).min }];
  if (rangeOverflow) return ['field.atMost', { most: (input as HTMLInputElement).max }];
  return ['field.wrong'];
}
