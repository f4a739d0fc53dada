import { NavLink, Route, Routes, useLocation } from 'react-router';
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
import { savesReports } from './roles';
import { SavedReport, SavedReports } from './Saved';
import { Times } from './Times';
import { useReportWords } from './words';
import { Year } from './Year';

/** The pages of those who read reports; what is chosen on one is chosen on the next. */
export function Reports({ me }: { me: Schemas['Me'] }) {
  const framework = useCurrentFramework();
  if (framework.isLoadingError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <Waiting />;
  const model = framework.data;
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

function Tabs({ saves }: { saves: boolean }) {
  const { t } = useReportWords();
  const { search } = useLocation();
  const carried = new URLSearchParams([...new URLSearchParams(search)].filter(([name]) => kept.includes(name))).toString();
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
        <NavLink key={to} end={to === '/reports'} to={{ pathname: to, search: carried }}>
          {t(word)}
        </NavLink>
      ))}
    </nav>
  );
}
