import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { antiforgery, api, ask, type Schemas } from '../api/client';
import { failureText, Waiting } from '../ui/Answers';
import { useWords } from '../words/words';

/** The page to which the issuer sends the browser back. */
export const issuerPage = '/sign-in';

const place = 'signInFrom';

const useWays = () => useQuery({ queryKey: ['sign-in-ways'], staleTime: Infinity, queryFn: () => ask(api.GET('/api/v1/sign-in')) });

/** A way to the issuer, where one is configured; afterwards one is back on the page that was asked for. */
export function IssuerButton() {
  const { t } = useWords();
  const ways = useWays();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  // Without an answer there is the password still.
  if (!ways.data?.issuer) return null;
  const go = async () => {
    setBusy(true);
    setFault('');
    try {
      const { address } = await ask(api.POST('/api/v1/sign-in:at-issuer'));
      sessionStorage.setItem(place, location.pathname === issuerPage ? '/' : location.pathname + location.search);
      location.assign(address);
    } catch (error) {
      setFault(failureText(error));
      setBusy(false);
    }
  };
  return (
    <>
      <hr />
      <button type="button" disabled={busy} onClick={() => void go()}>
        {busy ? t('sending') : t('signIn.atIssuer', { issuer: ways.data.issuer })}
      </button>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}

/** Where a page is open whose typed words are not to be lost: the sign-in is another tab's, and this one goes on by its cookie. */
export function IssuerElsewhere({ onBack }: { onBack: () => void }) {
  const { t } = useWords();
  const ways = useWays();
  if (!ways.data?.issuer) return null;
  return (
    <>
      <hr />
      <p>
        <a href={issuerPage} target="_blank" rel="noreferrer">
          {t('signIn.elsewhere', { issuer: ways.data.issuer })}
        </a>
      </p>
      <button type="button" onClick={onBack}>
        {t('signIn.wasElsewhere')}
      </button>
    </>
  );
}

interface Props {
  onSignedIn: (answer: Schemas['SignIn'], to: string) => void;
  onFault: (fault: string) => void;
}

/** What the issuer sent back is handed in once; a page that is loaded again begins anew. */
export function FromIssuer({ onSignedIn, onFault }: Props) {
  const { t } = useWords();
  const isSent = useRef(false);
  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    const sent = new URLSearchParams(location.search);
    const to = sessionStorage.getItem(place) ?? '/';
    // The code is of no more use, and stays in no history.
    history.replaceState(null, '', issuerPage);
    const finish = async () => {
      const [code, state] = [sent.get('code'), sent.get('state')];
      if (!code || !state) throw new Error();
      return ask(api.POST('/api/v1/sign-in:from-issuer', { body: { code, state } }));
    };
    finish().then(
      (answer) => {
        if (answer.antiforgeryToken) antiforgery.set(answer.antiforgeryToken);
        sessionStorage.removeItem(place);
        onSignedIn(answer, to);
      },
      (error: unknown) => onFault(sent.has('error') ? t('signIn.notAtIssuer') : failureText(error)),
    );
  }, [onFault, onSignedIn, t]);
  return <Waiting />;
}
