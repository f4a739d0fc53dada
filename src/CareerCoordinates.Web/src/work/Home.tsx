import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import { byCode } from '../api/framework';
import { useFramework } from '../api/questions';
import { Failure } from '../ui/Answers';
import { useTitle } from '../ui/useTitle';
import { dayText } from '../words/days';
import { useWords } from '../words/words';

type State = Schemas['MilestoneState'];

const shown = 5;

/** What waits in a state: the first of it, and how many there are. */
const useWaiting = (state: State) =>
  useQuery({
    queryKey: ['inbox', 'first', state],
    queryFn: () => ask(api.GET('/api/v1/milestones', { params: { query: { state, limit: shown, count: true } } })),
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
      </div>
      {judges && <Batches />}
    </>
  );
}

function Task({ heading, question, to }: { heading: string; question: ReturnType<typeof useWaiting>; to: string }) {
  const { t, name } = useWords();
  const framework = useFramework(question.data?.framework);
  if (question.isError) return <Failure error={question.error} retry={() => void question.refetch()} />;
  return (
    <section className="card task">
      <h2>{heading}</h2>
      <p className="number">{question.data?.count ?? '…'}</p>
      <ul>
        {question.data?.items.map((one) => (
          <li key={one.id}>
            {name(byCode(framework.data?.milestoneTypes ?? [], one.type), one.type)} · {dayText(one.occurredOn)}
          </li>
        ))}
      </ul>
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
