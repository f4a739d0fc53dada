import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { IssuerElsewhere, issuerPage } from './access/Issuer';
import { NoticePage } from './access/Notice';
import { SignInForm, SignInPage } from './access/SignIn';
import { antiforgery, api, ApiError, ask, type Schemas, signedOut } from './api/client';
import { useFramework, useMe } from './api/questions';
import { readsReports } from './reports/roles';
import { nobody, noticeComesFirst, Shell } from './Shell';
import { Failure, Waiting } from './ui/Answers';
import { Dialog } from './ui/Dialog';
import { Mishap } from './ui/Mishap';
import { NoSuchPage } from './ui/NoSuchPage';
import { part } from './ui/part';
import { Leaving } from './ui/useUnsaved';
import { useWords } from './words/words';

const MyPage = part(() => import('./person/MyPage').then((one) => one.MyPage));
const LogMilestone = part(() => import('./work/LogMilestone').then((one) => one.LogMilestone));
const CorrectMilestone = part(() => import('./work/CorrectMilestone').then((one) => one.CorrectMilestone));
const Sheet = part(() => import('./person/Sheet').then((one) => one.Sheet));
const SheetPage = part(() => import('./person/Sheet').then((one) => one.SheetPage));
const AccessesPage = part(() => import('./person/Accesses').then((one) => one.AccessesPage));
const FrameworkPage = part(() => import('./model/FrameworkPage').then((one) => one.FrameworkPage));
const FrameworkForAll = part(() => import('./model/FrameworkPage').then((one) => one.FrameworkForAll));
const Admin = part(() => import('./admin/Admin').then((one) => one.Admin));
const Audit = part(() => import('./admin/Audit').then((one) => one.Audit));
const OwnAccount = part(() => import('./admin/OwnAccount').then((one) => one.OwnAccount));
const WorkerAccount = part(() => import('./access/WorkerAccount').then((one) => one.WorkerAccount));
const Reports = part(() => import('./reports/Reports').then((one) => one.Reports));
const Home = part(() => import('./work/Home').then((one) => one.Home));
const Work = part(() => import('./work/Work').then((one) => one.Work));

/** The app, and what is said where all of it fails. */
export function WholeApp() {
  return (
    <Mishap>
      <App />
    </Mishap>
  );
}

function App() {
  const client = useQueryClient();
  const { pathname } = useLocation();
  const me = useMe();
  const [hasJustSignedIn, setJustSignedIn] = useState(false);
  useEffect(() => {
    if (me.data) setJustSignedIn(false);
  }, [me.data]);
  const signedIn = () => {
    setJustSignedIn(true);
    void client.resetQueries();
  };
  // Whoever was signed in is asked for the password above his page, which stays.
  if (me.data) return <SignedIn me={me.data} />;
  if (me.error instanceof ApiError && me.error.status === 401) {
    return (
      <Shell>
        <Mishap page={pathname}>
          <Suspense fallback={<Waiting />}>
            {pathname === '/framework' ? <FrameworkForAll /> : <SignInPage onSignedIn={signedIn} isForgotten={hasJustSignedIn} />}
          </Suspense>
        </Mishap>
      </Shell>
    );
  }
  return <Shell>{me.isError ? <Failure error={me.error} retry={() => void me.refetch()} /> : <Waiting />}</Shell>;
}

function SignedIn({ me }: { me: Schemas['Me'] }) {
  const { pathname } = useLocation();
  // Nearly every page needs it: it is asked for beside what the page itself asks.
  useFramework(me.framework);
  const judges = me.grants.some((one) => one.role === 'verifier');
  const keeps = me.grants.some((one) => one.role === 'officer');
  const works = judges || keeps;
  const reads = readsReports(me.grants);
  const keepsAccounts = me.grants.some((one) => one.role === 'administrator');
  const audits = me.grants.some((one) => one.role === 'auditor');
  const first = works ? '/work' : me.workerId ? '/mine' : reads ? '/reports' : keepsAccounts ? '/accounts' : '/framework';
  /** Somebody with a role reads the notice where his own record begins. */
  const own = (page: ReactNode) => (me.noticeToAcknowledge === null ? page : <NoticePage />);
  return (
    <Shell me={me}>
      <Leaving />
      <SignInAgain me={me} />
      {noticeComesFirst(me) ? (
        <NoticePage />
      ) : (
        <Mishap page={pathname}>
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
              {/* At once, before any part has come: a redirect that comes later would take back where one has gone meanwhile. */}
              <Route path="/" element={<Navigate to={first} replace />} />
              {keepsAccounts && <Route path="/accounts/*" element={<Admin me={me} />} />}
              {audits && <Route path="/audit" element={<Audit />} />}
              {me.accountId !== nobody && <Route path="/account" element={me.grants.length > 0 ? <OwnAccount me={me} /> : <WorkerAccount me={me} />} />}
              {reads && <Route path="/reports/*" element={<Reports me={me} />} />}
              <Route path="/framework" element={<FrameworkPage hasPages={me.grants.length > 0 || me.workerId !== null} />} />
              {works && <Route path="/work" element={<Home judges={judges} keeps={keeps} />} />}
              <Route
                path="*"
                element={works ? <Work judges={judges} keeps={keeps} /> : <NoSuchPage />}
              />
            </Routes>
          </Suspense>
        </Mishap>
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
  const other = useOtherAccount(me);
  const goOn = () => {
    setOver(false);
    other.forget();
    void client.invalidateQueries();
  };
  if (other.account !== null) {
    return (
      <Dialog title={t('signIn.other')}>
        <p>{t('signIn.otherWhy', { other: other.account, account: me.account })}</p>
        <SignInForm account={me.account} onSignedIn={goOn} />
        <p>
          <button type="button" onClick={() => location.assign('/')}>
            {t('signIn.goOnAsOther', { other: other.account })}
          </button>
        </p>
      </Dialog>
    );
  }
  if (!isOver) return null;
  return (
    <Dialog title={t('signIn.again')}>
      <p>{t('signIn.againWhy')}</p>
      <SignInForm account={me.account} onSignedIn={goOn} />
      <IssuerElsewhere onBack={goOn} />
    </Dialog>
  );
}

/** In another tab of the browser somebody else may sign in, and what is typed here would be written in his name. */
function useOtherAccount(me: Schemas['Me']) {
  const [account, setAccount] = useState<string | null>(null);
  useEffect(() => {
    const heard = (event: StorageEvent) => {
      if (!antiforgery.isTold(event)) return;
      ask(api.GET('/api/v1/me')).then(
        (now) => setAccount(now.accountId === me.accountId ? null : now.account),
        () => {}, // Nobody is signed in there either: the next question tells.
      );
    };
    addEventListener('storage', heard);
    return () => removeEventListener('storage', heard);
  }, [me.accountId]);
  return { account, forget: () => setAccount(null) };
}
