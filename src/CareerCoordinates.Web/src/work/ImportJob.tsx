import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { addressOf, api, ask, type Schemas } from '../api/client';
import { saidOfRow } from '../api/said';
import { Failure, Waiting } from '../ui/Answers';
import { LongTable } from '../ui/LongTable';
import { useOnce } from '../ui/useOnce';
import { useTitle } from '../ui/useTitle';
import { ImportedRows } from './ImportedRows';
import { useWords } from './words';

type Job = Schemas['Import'];

const working: Job['state'][] = ['checking', 'committing', 'undoing'];

/** Milestones that were written wait until each is decided, people and organisations do not, and a list does not ask; what changes nothing waits for nobody. */
export const stateWord = (job: Job) =>
  job.state === 'checked' && job.create + job.change === 0 ? ('imports.nothing' as const)
  : job.state !== 'committed' ? (`import.${job.state}` as const)
  : job.waiting === null ? ('import.committedPlain' as const)
  : job.waiting === 0 ? ('import.settled' as const) : ('import.committed' as const);

/** One import: how far it is, what is refused, and what can be done now. */
export function ImportJob() {
  const { t, language } = useWords();
  const importId = useParams().importId!;
  const client = useQueryClient();
  // What comes next is said by the API.
  const queryKey = ['imports', 'one', importId, language];
  const job = useQuery({
    queryKey,
    placeholderData: (before: Job | undefined) => (before?.id === importId ? before : undefined),
    queryFn: () => ask(api.GET('/api/v1/imports/{importId}', { params: { path: { importId } } })),
    refetchInterval: (query) => (query.state.data && working.includes(query.state.data.state) ? 600 : false),
  });
  useTitle(job.data?.fileName ?? t('imports.heading'));
  const path = { params: { path: { importId } } };
  const once = useOnce();
  const act = useMutation({
    mutationFn: (what: 'commit' | 'skip' | 'cancel' | 'undo') => {
      switch (what) {
        case 'cancel':
          return ask(api.POST('/api/v1/imports/{importId}:cancel', path));
        case 'undo':
          return ask(api.POST('/api/v1/imports/{importId}:undo', path));
        default:
          return ask(api.POST('/api/v1/imports/{importId}:commit', { ...path, body: { refused: what === 'skip' ? 'skip' : 'stop' } }));
      }
    },
    onSuccess: (now) => client.setQueryData(queryKey, now),
    onSettled: () => {
      once.end();
      return client.invalidateQueries();
    },
  });
  const begin = (what: Parameters<typeof act.mutate>[0]) => once.begin(() => act.mutate(what));
  if (job.isLoadingError) return <Failure error={job.error} retry={() => void job.refetch()} />;
  if (!job.data) return <Waiting />;
  const { data } = job;
  const writes = data.create + data.change;
  return (
    <>
      <p className="page-tools">
        <Link to="/imports">{t('imports.back')}</Link>
      </p>
      <h1>{data.fileName}</h1>
      <div className="card">
        <p role="status">
          <b>{t(stateWord(data))}</b>
        </p>
        {data.progress && working.includes(data.state) && <Progress progress={data.progress} />}
        <Counts job={data} />
        {data.notRead.length > 0 && <p>{t('imports.notRead', { columns: data.notRead.join(t('and')) })}</p>}
        {(data.state === 'committed' || data.state === 'undone') && !data.detail && <p>{data.next}</p>}
        {data.detail && <p className="fault">{data.detail}</p>}
        {act.isError && <Failure error={act.error} />}
        <div className="buttons">
          {data.state === 'checked' && writes > 0 && (
            <button type="button" className="main" disabled={act.isPending} onClick={() => begin(data.refuse > 0 ? 'skip' : 'commit')}>
              {t(data.refuse > 0 ? 'imports.skip' : 'imports.commit', { number: writes })}
            </button>
          )}
          {(data.state === 'checking' || data.state === 'checked') && (
            <button type="button" disabled={act.isPending} onClick={() => begin('cancel')}>
              {t('imports.cancel')}
            </button>
          )}
          {data.state === 'committed' && data.waiting !== 0 && (
            <button type="button" className="danger" disabled={act.isPending} onClick={() => confirm(t('imports.sure')) && begin('undo')}>
              {t('imports.undo')}
            </button>
          )}
          {(data.state === 'checked' || data.state === 'committed') && (
            <a className="button" href={addressOf('/api/v1/imports/{importId}/result', { importId })} download>
              {t('imports.result')}
            </a>
          )}
        </div>
      </div>
      {data.problems.length > 0 && <RowsTold id="problems" heading={t('imports.problems')} rows={data.problems} />}
      {data.warnings.length > 0 && <RowsTold id="warnings" heading={t('imports.warnings')} rows={data.warnings} />}
      {data.state === 'checked' && <ImportedRows job={data} />}
    </>
  );
}

function Progress({ progress }: { progress: Schemas['ImportProgress'] }) {
  const { t } = useWords();
  const { rows, of, rowsPerSecond, secondsLeft } = progress;
  const left = secondsLeft ?? 0;
  const said = t('imports.progress', { done: rows, rows: of });
  return (
    <p>
      <progress value={rows} max={Math.max(1, of)} aria-label={said} /> {said}
      {rowsPerSecond >= 1 && t('imports.rate', { rate: Math.round(rowsPerSecond) })}
      {left > 0 && left < 120 && t('imports.secondsLeft', { number: left })}
      {left >= 120 && t('imports.minutesLeft', { number: Math.round(left / 60) })}
    </p>
  );
}

function Counts({ job }: { job: Job }) {
  const { t } = useWords();
  return (
    <dl className="counts">
      {(['create', 'change', 'same', 'refuse'] as const).map((what) => (
        <div key={what} className={what === 'refuse' && job.refuse > 0 ? 'bad' : undefined}>
          <dt>{t(`imports.${what}`)}</dt>
          <dd>{job[what]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is told of rows, each by its cell; the API tells of the first 1,000. */
function RowsTold({ id, heading, rows }: { id: string; heading: string; rows: Job['problems'] }) {
  const { t } = useWords();
  return (
    <section>
      <h2 id={id}>{heading}</h2>
      {rows.length >= 1000 && <p className="hint">{t('imports.manyProblems', { number: rows.length })}</p>}
      <div className="table-holder" tabIndex={0} role="region" aria-labelledby={id}>
        <LongTable
          className="problems"
          head={
            <>
              <th scope="col">{t('imports.row')}</th>
              <th scope="col">{t('imports.cell')}</th>
              <th scope="col">{t('imports.column')}</th>
              <th scope="col">{t('imports.what')}</th>
            </>
          }
          items={rows}
          keyOf={(_, at) => at}
          cells={(problem) => (
            <>
              <th scope="row">{problem.row}</th>
              <td>{problem.cell}</td>
              <td>{problem.columnName ?? '–'}</td>
              <td>{saidOfRow(problem.code, problem.detail)}</td>
            </>
          )}
        />
      </div>
    </section>
  );
}
