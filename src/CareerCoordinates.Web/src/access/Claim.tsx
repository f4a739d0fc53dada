import { type FormEvent, useState } from 'react';
import { ApiError, api, ask } from '../api/client';
import { failureText } from '../ui/Answers';
import { Field } from '../ui/Field';
import { PasswordField } from '../ui/PasswordField';
import { Submit } from '../ui/Submit';
import { useWords } from '../words/words';

interface Props {
  onClaimed: (account: string, password: string) => void;
  onBack: () => void;
}

/** A worker makes his account, or a new password, by the code on his slip. */
export function Claim({ onClaimed, onBack }: Props) {
  const { t } = useWords();
  const [typed, setTyped] = useState({ name: '', code: location.hash.replace(/\D/g, ''), account: '', password: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const faults = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const fault = (member: string) => faults.find((one) => one.pointer === `/${member}`)?.detail;
  const isPlaced = faults.some((one) => one.pointer.slice(1) in typed);
  const input = (member: keyof typeof typed) => ({
    name: member,
    value: typed[member],
    fault: fault(member),
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [member]: event.target.value }),
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { name, code, password } = typed;
      const account = typed.account.trim() || undefined;
      onClaimed((await ask(api.POST('/api/v1/claims', { body: { name, code, password, account } }))).account, password);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <h2>{t('claim.heading')}</h2>
      <Field label={t('claim.name')} autoComplete="name" required {...input('name')} />
      <Field label={t('claim.code')} hint={t('claim.codeHint')} inputMode="numeric" autoComplete="one-time-code" required {...input('code')} />
      <Field label={t('claim.account')} hint={t('claim.accountHint')} autoComplete="username" autoCapitalize="none" autoCorrect="off" spellCheck={false} {...input('account')} />
      <PasswordField label={t('claim.password')} hint={t('claim.passwordHint')} autoComplete="new-password" required {...input('password')} />
      {error !== null && !isPlaced && (
        <p className="fault" role="alert">
          {failureText(error)}
        </p>
      )}
      <div className="buttons">
        <Submit busy={busy}>
          {t('claim.submit')}
        </Submit>
        <button type="button" onClick={onBack}>
          {t('back')}
        </button>
      </div>
    </form>
  );
}
