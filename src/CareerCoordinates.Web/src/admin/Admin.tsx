import { Route, Routes } from 'react-router';
import type { Schemas } from '../api/client';
import { useCurrentFramework } from '../api/questions';
import '../styles/admin.css';
import { Failure, Waiting } from '../ui/Answers';
import { NoSuchPage } from '../ui/NoSuchPage';
import { Account } from './Account';
import { Accounts } from './Accounts';
import { Erasures } from './Erasures';

/** The administrator's pages: who has an account, and what it may do. */
export function Admin({ me }: { me: Schemas['Me'] }) {
  const framework = useCurrentFramework();
  if (framework.isLoadingError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <Waiting />;
  return (
    <Routes>
      <Route path="/" element={<Accounts framework={framework.data} />} />
      <Route path="/erasures" element={<Erasures framework={framework.data} me={me} />} />
      <Route path="/:accountId" element={<Account framework={framework.data} me={me} />} />
      <Route path="*" element={<NoSuchPage />} />
    </Routes>
  );
}
