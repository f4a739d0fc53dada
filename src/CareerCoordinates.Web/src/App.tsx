import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { IssuerElsewhere, issuerPage } from './access/Issuer';
import { NoticePage } from './access/Notice';
import { SignInForm, SignInPage } from './access/SignIn';
import { ApiError, type Schemas, signedOut } from './api/client';
import { useMe } from './api/questions';
import { readsReports } from './reports/roles';
import { nobody, noticeComesFirst, Shell } from './Shell';
import { Failure, Waiting } from './ui/Answers';
import { Dialog } from './ui/Dialog';
import { Message } from './ui/Message';
import { Leaving } from './ui/useUnsaved';
import { useWords } from './words/words';

const MyPage = lazy(() => import('./person/MyPage').then((part) => ({ default: part.MyPage })));
const LogMilestone = lazy(() => import('./work/LogMilestone').then((part) => ({ default: part.LogMilestone })));
const CorrectMilestone = lazy(() => import('./work/CorrectMilestone').then((part) => ({ default: part.CorrectMilestone })));
const Sheet = lazy(() => import('./person/Sheet').then((part) => ({ default: part.Sheet })));
const SheetPage = lazy(() => import('./person/Sheet').then((part) => ({ default: part.SheetPage })));
const AccessesPage = lazy(() => import('./person/Accesses').then((part) => ({ default: part.AccessesPage })));
const FrameworkPage = lazy(() => import('./model/FrameworkPage').then((part) => ({ default: part.FrameworkPage })));
const FrameworkOfWorker = lazy(() => import('./model/FrameworkPage').then((part) => ({ default: part.FrameworkOfWorker })));
const Admin = lazy(() => import('./admin/Admin').then((part) => ({ default: part.Admin })));
const Audit = lazy(() => import('./admin/Audit').then((part) => ({ default: part.Audit })));
const OwnAccount = lazy(() => import('./admin/OwnAccount').then((part) => ({ default: part.OwnAccount })));
const WorkerAccount = lazy(() => import('./access/WorkerAccount').then((part) => ({ default: part.WorkerAccount })));
const Reports = lazy(() => import('./reports/Reports').then((part) => ({ default: part.Reports })));
const Work = lazy(() => import('./work/Work').then((part) => ({ default: part.Work })));

export function App() {
  const client = useQueryClient();
  const me = useMe();
  // Whoever was signed in is asked for the password above his page, which stays.
  if (me.data) return <SignedIn me={me.data} />;
  if (me.error instanceof ApiError && me.error.status === 401) {
    return (
      <Shell>
        <SignInPage onSignedIn={() => void client.resetQueries()} />
      </Shell>
    );
  }
  return <Shell>{me.isError ? <Failure error={me.error} retry={() => void me.refetch()} /> : <Waiting />}</Shell>;
}

function SignedIn({ me }: { me: Schemas['Me'] }) {
  const { t } = useWords();
  const judges = me.grants.some((one) => one.role === 'verifier');
  const keeps = me.grants.some((one) => one.role === 'officer');
  const works = judges || keeps;
  const reads = readsReports(me.grants);
  const keepsAccounts = me.grants.some((one) => one.role === 'administrator');
  const audits = me.grants.some((one) => one.role === 'auditor');
  const first = me.workerId ? '/mine' : reads ? '/reports' : keepsAccounts ? '/accounts' : '/framework';
  /** Somebody with a role reads the notice where his own record begins. */
  const own = (page: ReactNode) => (me.noticeToAcknowledge === null ? page : <NoticePage />);
  return (
    <Shell me={me}>
      <Leaving />
      <SignInAgain me={me} />
      {noticeComesFirst(me) ? (
        <NoticePage />
      ) : (
        <Suspense fallback={<Waiting />}>
          <Routes>
            {me.workerId && <Route path="/mine" element={own(<MyPage workerId={me.workerId} />)} />}
            {me.workerId && <Route path="/mine/log" element={own(<LogMilestone workerId={me.workerId} isSelf />)} />}
            {me.workerId && <Route path="/mine/milestones/:milestoneId/correct" element={own(<CorrectMilestone workerId={me.workerId} isSelf />)} />}
            {me.workerId && <Route path="/mine/sheet" element={own(<Sheet workerId={me.workerId} isSelf />)} />}
            {works && <Route path="/people/:workerId/sheet" element={<SheetPage />} />}
            <Route path="/claim" element={<Navigate to="/" replace />} />
            {me.workerId && <Route path="/accesses" element={own(<AccessesPage workerId={me.workerId} />)} />}
            <Route path={issuerPage} element={<Navigate to="/" replace />} />
            {!works && <Route path="/" element={<Navigate to={first} replace />} />}
            {keepsAccounts && <Route path="/accounts/*" element={<Admin />} />}
            {audits && <Route path="/audit" element={<Audit />} />}
            {me.accountId !== nobody && <Route path="/account" element={me.grants.length > 0 ? <OwnAccount me={me} /> : <WorkerAccount me={me} />} />}
            {reads && <Route path="/reports/*" element={<Reports me={me} />} />}
            <Route
              path="/framework"
              element={me.grants.length > 0 || !me.workerId ? <FrameworkPage hasPages={me.grants.length > 0} /> : <FrameworkOfWorker workerId={me.workerId} />}
            />
            <Route
              path="*"
              element={
                works ? <Work judges={judges} keeps={keeps} /> : <Message title={t('notFound.title')}>{t('notFound')}</Message>
              }
            />
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
  const goOn = () => {
    setOver(false);
    void client.invalidateQueries();
  };
  return (
    <Dialog title={t('signIn.again')}>
      <p>{t('signIn.againWhy')}</p>
      <SignInForm account={me.account} onSignedIn={goOn} />
      <IssuerElsewhere onBack={goOn} />
    </Dialog>
  );
}
