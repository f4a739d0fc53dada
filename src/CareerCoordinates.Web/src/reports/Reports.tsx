import { useEffect } from 'react';
import { Navigate, NavLink, Route, Routes, useLocation } from 'react-router';
import type { Schemas } from '../api/client';
import { useCurrentFramework } from '../api/questions';
import '../styles/charts.css';
import '../styles/reports.css';
import { Failure, Waiting } from '../ui/Answers';
import { NoSuchPage } from '../ui/NoSuchPage';
import { narrowing } from './address';
import { Board } from './Board';
import { Figures } from './Figures';
import { Flows } from './Flows';
import { Milestones } from './Milestones';
import { PeopleBehind } from './PeopleBehind';
import { choosesCounts, savesReports } from './roles';
import { SavedReport, SavedReports } from './Saved';
import { Times } from './Times';
import { useReportWords } from './words';
import { Year } from './Year';

/** The pages of those who read reports; what is chosen on one is chosen on the next. */
export function Reports({ me }: { me: Schemas['Me'] }) {
  const framework = useCurrentFramework();
  const { pathname, search } = useLocation();
  if (framework.isLoadingError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <Waiting />;
  const model = framework.data;
  const asked = new URLSearchParams(search);
  // A link of somebody who may have both kinds of counts: others have one, and are not asked.
  if (asked.has('counts') && !choosesCounts(me.grants)) {
    asked.delete('counts');
    return <Navigate to={{ pathname, search: asked.toString() }} replace />;
  }
  const isOfficer = me.grants.some((one) => one.role === 'officer');
  return (
    <>
      <Tabs saves={savesReports(me.grants)} />
      <Routes>
        <Route path="/" element={<Board framework={model} grants={me.grants} />} />
        <Route path="/flows" element={<Flows framework={model} grants={me.grants} />} />
        <Route path="/times" element={<Times framework={model} grants={me.grants} />} />
        <Route path="/milestones" element={<Milestones framework={model} grants={me.grants} />} />
        <Route path="/year" element={<Year framework={model} grants={me.grants} />} />
        <Route path="/figures" element={<Figures framework={model} grants={me.grants} />} />
        {savesReports(me.grants) && <Route path="/saved" element={<SavedReports framework={model} />} />}
        {savesReports(me.grants) && <Route path="/saved/:savedReportId" element={<SavedReport framework={model} />} />}
        {isOfficer && <Route path="/people/:report" element={<PeopleBehind framework={model} />} />}
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </>
  );
}

const kept = ['asOf', 'knownAt', 'organization', 'counts', ...narrowing];

/** What was chosen last on each page and is no other page's matter. */
const own = new Map<string, [string, string][]>();

function Tabs({ saves }: { saves: boolean }) {
  const { t } = useReportWords();
  const { pathname, search } = useLocation();
  const chosen = [...new URLSearchParams(search)];
  const common = chosen.filter(([name]) => kept.includes(name));
  useEffect(() => void own.set(pathname, chosen.filter(([name]) => !kept.includes(name))));
  const carried = (to: string) => new URLSearchParams([...common, ...(to === pathname ? [] : (own.get(to) ?? []))]).toString();
  const pages = [
    ['/reports', 'tab.board'],
    ['/reports/flows', 'tab.flows'],
    ['/reports/times', 'tab.times'],
    ['/reports/milestones', 'tab.milestones'],
    ['/reports/year', 'tab.year'],
    ['/reports/figures', 'tab.figures'],
    ...(saves ? ([['/reports/saved', 'tab.saved']] as const) : []),
  ] as const;
  return (
    <nav className="tabs" aria-label={t('tabs')}>
      {pages.map(([to, word]) => (
        <NavLink key={to} end={to === '/reports'} to={{ pathname: to, search: carried(to) }}>
          {t(word)}
        </NavLink>
      ))}
    </nav>
  );
}
