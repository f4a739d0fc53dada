import { type FormEvent, useCallback, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { antiforgery, api, ask, type Schemas } from '../api/client';
import { failureText } from '../ui/Answers';
import { Field } from '../ui/Field';
import { PasswordField } from '../ui/PasswordField';
import { useTitle } from '../ui/useTitle';
import { isDemo } from '../ui/demo';
import { Submit } from '../ui/Submit';
import { useWords } from '../words/words';
import { Claim } from './Claim';
import { FromIssuer, IssuerButton, issuerPage } from './Issuer';

interface Props {
  onSignedIn: (answer: Schemas['SignIn']) => void;
  account?: string;
}

/**
 * Account and password, or for a worker the code of his officer.
 * @param isForgotten Somebody signed in just now, and the browser did not keep it: an old one does not over plain http.
 */
export function SignInPage({ onSignedIn, isForgotten }: Props & { isForgotten: boolean }) {
  const { t } = useWords();
  useTitle(t('signIn'));
  const go = useNavigate();
  // The code on a slip leads here.
  const [claims, setClaims] = useState(() => location.pathname === '/claim');
  const [account, setAccount] = useState('');
  const [isBack, setBack] = useState(() => location.pathname === issuerPage && location.search !== '');
  const [fault, setFault] = useState(isForgotten ? t('signIn.forgotten') : '');
  const told = useCallback((words: string) => {
    setFault(words);
    setBack(false);
  }, []);
  const signedIn = useCallback(
    (answer: Schemas['SignIn'], to: string) => {
      void go(to, { replace: true });
      onSignedIn(answer);
    },
    [go, onSignedIn],
  );
  /** The account that was just made is signed in; where that fails its owner is asked for the password. */
  const enter = async (made: string, password: string) => {
    try {
      signedIn(await signIn(made, password), '/');
    } catch {
      setAccount(made);
      setClaims(false);
      void go('/', { replace: true });
    }
  };
  if (isBack) return <FromIssuer onSignedIn={signedIn} onFault={told} />;
  return (
    <div className="narrow-page">
      <h1>{t('app')}</h1>
      <p className="hint">{t('app.about')}</p>
      {isDemo && <p className="note">{t('demo.signIn')}</p>}
      <div className="card">
        {claims ? (
          <Claim
            onClaimed={(made, password) => void enter(made, password)}
            onBack={() => setClaims(false)}
          />
        ) : (
          <>
            {account && (
              <p className="note" role="status">
                {t('claim.done', { account })}
              </p>
            )}
            {fault && (
              <p className="fault" role="alert">
                {fault}
              </p>
            )}
            <SignInForm key={account} account={account} onSignedIn={onSignedIn} />
            <IssuerButton />
            <hr />
            <p>
              {t('signIn.noAccount')}{' '}
              <button type="button" className="link" onClick={() => setClaims(true)}>
                {t('signIn.withCode')}
              </button>
            </p>
          </>
        )}
      </div>
      <p>
        <Link to="/framework">{t('signIn.framework')}</Link>
      </p>
    </div>
  );
}

async function signIn(account: string, password: string): Promise<Schemas['SignIn']> {
  const answer = await ask(api.POST('/api/v1/sign-in', { body: { account: account.trim(), password, kind: 'cookie' } }));
  if (answer.antiforgeryToken) antiforgery.set(answer.antiforgeryToken);
  return answer;
}

export function SignInForm({ onSignedIn, account: first = '' }: Props) {
  const { t } = useWords();
  const [account, setAccount] = useState(first);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault('');
    try {
      onSignedIn(await signIn(account.trim(), password));
    } catch (error) {
      setFault(failureText(error));
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field
        label={t('signIn.account')}
        name="account"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        value={account}
        onChange={(e) => setAccount(e.target.value)}
      />
      <PasswordField
        label={t('signIn.password')}
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(e) => setPassword(e.target.value)}
      />
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <Submit busy={busy}>{t('signIn')}</Submit>
    </form>
  );
}
