import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { byCode } from '../api/framework';
import { useCurrentFramework } from '../api/questions';
import { Failure, Waiting } from '../ui/Answers';
import { useTitle } from '../ui/useTitle';
import { dayText } from '../words/days';
import { askedOf, daysAhead, type View } from './inboxViews';
import { useWords } from './words';

const shown = 5;

interface Props {
  judges: boolean;
  keeps: boolean;
}

const useFirstOf = (view: View) =>
  useQuery({
    queryKey: ['inbox', 'first', view],
    queryFn: () => ask(api.GET('/api/v1/milestones', { params: { query: { ...askedOf(view), limit: shown, count: true } } })),
  });

const useNotSignedIn = (keeps: boolean) =>
  useQuery({
    queryKey: ['people', 'without account'],
    enabled: keeps,
    queryFn: () => ask(api.GET('/api/v1/workers', { params: { query: { account: false, limit: 1, count: true } } })),
  });

const useBatches = (judges: boolean) =>
  useQuery({ queryKey: ['imports', 'to-verify'], enabled: judges, queryFn: () => ask(api.GET('/api/v1/imports/to-verify')) });

/** What is to be done, and where: shown once all of it has come, so that nothing moves under the pointer. */
export function Home({ judges, keeps }: Props) {
  const { t } = useWords();
  useTitle(t('work.heading'));
  const first = [useFirstOf('submitted'), useFirstOf('returned'), useFirstOf('contested'), useFirstOf('expiring')];
  const asked = [...first, useNotSignedIn(keeps), useBatches(judges), useCurrentFramework()];
  const failed = asked.filter((one) => one.isLoadingError);
  if (failed.length > 0) return <Failure error={failed[0]!.error} retry={() => failed.forEach((one) => void one.refetch())} />;
  if (asked.some((one) => one.isLoading)) return <Waiting />;
  return (
    <>
      <h1>{t('work.heading')}</h1>
      <div className="cards tasks">
        <Task heading={t(judges ? 'work.toVerify' : 'work.waiting')} view="submitted" />
        <Task heading={t('work.returned')} view="returned" />
        <Task heading={t('work.contested')} view="contested" />
        <Task heading={t('work.expiring', { days: daysAhead })} view="expiring" />
        {keeps && <NotSignedIn />}
        {judges && <Batches />}
      </div>
    </>
  );
}

/** The first of what waits, and how many there are. */
function Task({ heading, view }: { heading: string; view: View }) {
  const { t, name } = useWords();
  const question = useFirstOf(view);
  const framework = useCurrentFramework();
  return (
    <section className="card task">
      <h2>{heading}</h2>
      <p className="number">{question.data?.count ?? '…'}</p>
      <ul>
        {question.data?.items.map((one) => (
          <li key={one.id}>
            <Link to={`/people/${one.workerId}?milestones=${one.id}`}>
              {one.workerName ?? t('person.erased')} · {name(byCode(framework.data?.milestoneTypes ?? [], one.type), one.type)}
            </Link>{' '}
            <span className="day">{view === 'expiring' && one.until ? t('work.until', { day: dayText(one.until) }) : dayText(one.occurredOn)}</span>
          </li>
        ))}
      </ul>
      {question.data?.count !== 0 && (
        <Link to={`/inbox?state=${view}`} className="button" aria-label={`${t('work.go')}: ${heading}`}>
          {t('work.go')}
        </Link>
      )}
    </section>
  );
}

/** Those without an account: they get a code, or their officer prints their sheet. */
function NotSignedIn() {
  const { t } = useWords();
  const question = useNotSignedIn(true);
  return (
    <section className="card task">
      <h2>{t('work.noAccount')}</h2>
      <p className="number">{question.data?.count ?? '…'}</p>
      <p className="hint">{t('work.noAccountAbout')}</p>
      <div className="buttons">
        <Link to="/people?account=false" className="button" aria-label={`${t('work.who')}: ${t('work.noAccount')}`}>
          {t('work.who')}
        </Link>
        <Link to="/claim-codes" className="button">
          {t('codes.heading')}
        </Link>
      </div>
    </section>
  );
}

/** Imports of others of which something waits. */
function Batches() {
  const { t } = useWords();
  const batches = useBatches(true);
  const items = batches.data?.items ?? [];
  return (
    <section className="card task">
      <h2>{t('work.batches')}</h2>
      <p className="number">{batches.data ? items.length : '…'}</p>
      <ul>
        {items.map((batch) => (
          <li key={batch.id}>
            <Link to={`/inbox?import=${batch.id}`}>{batch.fileName}</Link> · {batch.account} · {t('work.batchWaits', { number: batch.waiting })}{' '}
            <Link to={`/imports/${batch.id}/sample`} aria-label={`${t('sample.open')}: ${batch.fileName}`}>
              {t('sample.open')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
