import { type FormEvent, useState } from 'react';
import { useWords } from '../words/words';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What the browser finds wrong when a form is sent, for the input to say in the page's language, where the browser would open a bubble in its own. */
export function useWrong(value: unknown) {
  const { t } = useWords();
  const [found, setFound] = useState<{ at: unknown; isMissing: boolean } | null>(null);
  const onInvalid = (event: FormEvent<Control>) => {
    event.preventDefault();
    const input = event.currentTarget;
    setFound({ at: value, isMissing: input.validity.valueMissing });
    if (input === input.form?.querySelector(':is(input, select, textarea):invalid')) input.focus();
  };
  // Said until something else stands there, and not again when what was sent is cleared.
  if (found !== null && found.at !== value) setFound(null);
  const wrong = found !== null && found.at === value ? t(found.isMissing ? 'field.missing' : 'field.wrong') : undefined;
  return { wrong, onInvalid };
}
