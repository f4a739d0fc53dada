import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import { Failure } from '../ui/Answers';
import { useTitle } from '../ui/useTitle';
import { useWords } from '../words/words';

export type State = Schemas['MilestoneState'];

/** How many wait in a state; nothing of them is read. */
const useWaiting = (state: State) =>
  useQuery({
    queryKey: ['inbox', 'count', state],
    queryFn: async () => (await ask(api.GET('/api/v1/milestones', { params: { query: { state, limit: 1, count: true } } }))).count ?? 0,
  });

const usePeopleCount = () =>
  useQuery({
    queryKey: ['people', 'count'],
    queryFn: async () => (await ask(api.GET('/api/v1/workers', { params: { query: { limit: 1, count: true } } }))).count ?? 0,
  });

interface Props {
  judges: boolean;
}

/** What is to be done, and where. */
export function Home({ judges }: Props) {
  const { t } = useWords();
  useTitle(t('work.heading'));
  return (
    <>
      <h1>{t('work.heading')}</h1>
      <div className="cards">
        <Task heading={t('work.toVerify')} question={useWaiting('submitted')} to="/inbox" />
        <Task heading={t('work.returned')} question={useWaiting('returned')} to="/inbox?state=returned" />
        <Task heading={t('work.people')} question={usePeopleCount()} to="/people" />
      </div>
      {judges && <Batches />}
    </>
  );
}

function Task({ heading, question, to }: { heading: string; question: ReturnType<typeof useWaiting>; to: string }) {
  const { t } = useWords();
  if (question.isError) return <Failure error={question.error} retry={() => void question.refetch()} />;
  return (
    <section className="card task">
      <h2>{heading}</h2>
      <p className="number">{question.data ?? '…'}</p>
      <Link to={to} className="button" aria-label={`${t('work.go')}: ${heading}`}>
        {t('work.go')}
      </Link>
    </section>
  );
}

/** Imports of others of which something waits. */
function Batches() {
  const { t } = useWords();
  const batches = useQuery({ queryKey: ['imports', 'to-verify'], queryFn: () => ask(api.GET('/api/v1/imports/to-verify')) });
  if (batches.isError) return <Failure error={batches.error} retry={() => void batches.refetch()} />;
  const items = batches.data?.items ?? [];
  return (
    <section className="card">
      <h2>{t('work.batches')}</h2>
      {batches.data && items.length === 0 && <p>{t('work.nothing')}</p>}
      <ul className="plain-list">
        {items.map((batch) => (
          <li key={batch.id}>
            <Link to={`/inbox?import=${batch.id}`}>{batch.fileName}</Link> · {batch.account} · {batch.waiting}
          </li>
        ))}
      </ul>
    </section>
  );
}
