import { type ReactNode, useEffect, useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import { antiforgery, api, ApiError, ask, type Schemas } from './api/client';
import { failureText } from './ui/Answers';
import { isDemo } from './ui/demo';
import { NotRenewed } from './ui/NotRenewed';
import { useArrival } from './ui/useArrival';
import { readsReports } from './reports/roles';
import { choose, useWords } from './words/words';

/** While the database has no account, whoever is on this machine is let in without one. */
export const nobody = '00000000-0000-0000-0000-000000000000';

/** A worker reads the notice before anything else. */
export const noticeComesFirst = (me: Schemas['Me']) => me.noticeToAcknowledge !== null && me.grants.length === 0;

/** What stands around every page: where one can go, the language, who is signed in. */
export function Shell({ me, children }: { me?: Schemas['Me']; children: ReactNode }) {
  const { t, language } = useWords();
  const [fault, setFault] = useState('');
  useArrival();
  const signOut = async () => {
    setFault('');
    try {
      await ask(api.POST('/api/v1/sign-out'));
    } catch (error) {
      // Without a line one is still signed in, and the browser has no page to go to.
      if (error instanceof ApiError && error.status === 0) return setFault(failureText(error));
    }
    antiforgery.forget();
    location.assign('/');
  };
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header>
        <div className="bar">
          <NavLink to="/" className="brand">
            {t('app')}
          </NavLink>
          <nav aria-label={t('nav')}>{me && !noticeComesFirst(me) && <Places me={me} />}</nav>
          <div className="bar-end">
            <button type="button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
              {language === 'zh' ? 'English' : '中文'}
            </button>
            {me && me.accountId !== nobody && (
              <button type="button" onClick={() => void signOut()} title={me.account}>
                {t('signOut')}
              </button>
            )}
          </div>
        </div>
        {isDemo && <p className="demo">{t('demo')}</p>}
      </header>
      <main id="main" tabIndex={-1}>
        {fault && (
          <p className="failure" role="alert">
            {fault}
          </p>
        )}
        {me?.accountId === nobody && <p className="note">{t('noAccounts')}</p>}
        <NotRenewed />
        {children}
      </main>
    </>
  );
}

function Places({ me }: { me: Schemas['Me'] }) {
  const { t } = useWords();
  const keeps = me.grants.some((one) => one.role === 'officer');
  const works = keeps || me.grants.some((one) => one.role === 'verifier');
  const { pathname } = useLocation();
  // On a phone the places stand in one line that can be moved: where one is stays in sight.
  useEffect(() => {
    document.querySelector('nav a.active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <>
      {works && <NavLink to="/work">{t('nav.work')}</NavLink>}
      {works && <NavLink to="/people">{t('nav.people')}</NavLink>}
      {works && <NavLink to="/inbox">{t('nav.inbox')}</NavLink>}
      {keeps && <NavLink to="/imports">{t('nav.imports')}</NavLink>}
      {readsReports(me.grants) && <NavLink to="/reports">{t('nav.reports')}</NavLink>}
      {me.workerId && <NavLink to="/mine">{t('nav.mine')}</NavLink>}
      {me.workerId && <NavLink to="/accesses">{t('nav.accesses')}</NavLink>}
      {me.grants.some((one) => one.role === 'administrator') && <NavLink to="/accounts">{t('nav.accounts')}</NavLink>}
      {me.grants.some((one) => one.role === 'auditor') && <NavLink to="/audit">{t('nav.audit')}</NavLink>}
      <NavLink to="/framework">{t('nav.framework')}</NavLink>
      {me.accountId !== nobody && <NavLink to="/account">{t('nav.own')}</NavLink>}
    </>
  );
}
