import { type ComponentProps, useState } from 'react';
import { useWords } from '../words/words';
import { Field } from './Field';

/** A password, which can be shown while it is typed. */
export function PasswordField(input: Omit<ComponentProps<typeof Field>, 'type'>) {
  const { t } = useWords();
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Field {...input} type={isShown ? 'text' : 'password'} autoCapitalize="none" autoCorrect="off" spellCheck={false} />
      <p className="after-field">
        <label className="check">
          <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />
          {t('password.show')}
        </label>
      </p>
    </>
  );
}
