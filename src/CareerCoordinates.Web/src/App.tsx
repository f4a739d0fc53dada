import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { NoticePage } from './access/Notice';
import { SignInForm, SignInPage } from './access/SignIn';
import { ApiError, type Schemas, signedOut } from './api/client';
import { useMe } from './api/questions';
import { Shell } from './Shell';
import { Failure, Waiting } from './ui/Answers';
import { Dialog } from './ui/Dialog';
import { useWords } from './words/words';

const MyPage = lazy(() => import('./person/MyPage').then((part) => ({ default: part.MyPage })));
const AccessesPage = lazy(() => import('./person/Accesses').then((part) => ({ default: part.AccessesPage })));
const Work = lazy(() => import('./work/Work').then((part) => ({ default: part.Work })));

export function App() {
  const client = useQueryClient();
  const me = useMe();
  const nobody = me.error instanceof ApiError && me.error.status === 401;
  if (nobody || (me.isPending && me.fetchStatus === 'idle')) {
    return (
      <Shell>
        <SignInPage onSignedIn={() => void client.resetQueries()} />
      </Shell>
    );
  }
  if (me.data) return <SignedIn me={me.data} />;
  return <Shell>{me.isError ? <Failure error={me.error} retry={() => void me.refetch()} /> : <Waiting />}</Shell>;
}

function SignedIn({ me }: { me: Schemas['Me'] }) {
  const { t } = useWords();
  const judges = me.grants.some((one) => one.role === 'verifier');
  const keeps = me.grants.some((one) => one.role === 'officer');
  const works = judges || keeps;
  return (
    <Shell me={me}>
      <SignInAgain me={me} />
      {me.noticeToAcknowledge !== null && me.grants.length === 0 ? (
        <NoticePage />
      ) : (
        <Suspense fallback={<Waiting />}>
          <Routes>
            {me.workerId && <Route path="/mine" element={<MyPage workerId={me.workerId} />} />}
            {me.workerId && <Route path="/accesses" element={<AccessesPage workerId={me.workerId} />} />}
            {!works && <Route path="/" element={me.workerId ? <Navigate to="/mine" replace /> : <p className="card">{t('home.none')}</p>} />}
            <Route path="*" element={works ? <Work judges={judges} keeps={keeps} /> : <p className="card">{t('notFound')}</p>} />
          </Routes>
        </Suspense>
      )}
    </Shell>
  );
}

/** The sign-in ended while a page was open: it is asked for above the page, which keeps what was typed. */
function SignInAgain({ me }: { me: Schemas['Me'] }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    signedOut.tell = () => setOver(true);
    return () => {
      signedOut.tell = () => {};
    };
  }, []);
  if (!isOver) return null;
  return (
    <Dialog title={t('signIn.again')}>
      <p>{t('signIn.againWhy')}</p>
      <SignInForm
        account={me.account}
        onSignedIn={() => {
          setOver(false);
          void client.invalidateQueries();
        }}
      />
    </Dialog>
  );
}
