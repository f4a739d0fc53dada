import { NavLink, Route, Routes, useLocation } from 'react-router';
import type { Schemas } from '../api/client';
import { useCurrentFramework } from '../api/questions';
import '../styles/reports.css';
import { Failure, Waiting } from '../ui/Answers';
import { Message } from '../ui/Message';
import { narrowing } from './address';
import { Board } from './Board';
import { PeopleBehind } from './PeopleBehind';
import { useReportWords } from './words';

/** The pages of those who read reports; what is chosen on one is chosen on the next. */
export function Reports({ me }: { me: Schemas['Me'] }) {
  const { t } = useReportWords();
  const framework = useCurrentFramework();
  if (framework.isError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <Waiting />;
  const model = framework.data;
  const isOfficer = me.grants.some((one) => one.role === 'officer');
  return (
    <>
      <Tabs />
      <Routes>
        <Route path="/" element={<Board framework={model} grants={me.grants} />} />
        {isOfficer && <Route path="/people/:report" element={<PeopleBehind framework={model} />} />}
        <Route path="*" element={<Message title={t('notFound.title')}>{t('notFound')}</Message>} />
      </Routes>
    </>
  );
}

const kept = ['asOf', 'knownAt', 'organization', 'counts', ...narrowing];

function Tabs() {
  const { t } = useReportWords();
  const { search } = useLocation();
  const carried = new URLSearchParams([...new URLSearchParams(search)].filter(([name]) => kept.includes(name))).toString();
  const pages = [['/reports', 'tab.board']] as const;
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
