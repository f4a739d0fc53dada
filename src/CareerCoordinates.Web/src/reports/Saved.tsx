import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, ask } from '../api/client';
import type { Framework } from '../api/framework';
import { Failure, failureText, Waiting } from '../ui/Answers';
import { More } from '../ui/More';
import { useTitle } from '../ui/useTitle';
import { dayText, instantText } from '../words/days';
import { Annual } from './Annual';
import { Clocks } from './Clocks';
import { Indicators } from './Indicators';
import { Transitions } from './Flows';
import { MilestonesBy } from './Milestones';
import { Grid, PositionsBy, PositionsPerChannel } from './Positions';
import { useFilters } from './names';
import { type Answer, type Answers, type ReportName, reportPaths, type Source } from './source';
import { TimesToRung } from './Times';
import { useReportWords } from './words';

/** Reports that one keeps under a name. */
export function SavedReports({ framework }: { framework: Framework }) {
  const { t } = useReportWords();
  useTitle(t('saved.heading'));
  const saved = useInfiniteQuery({
    queryKey: ['saved'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/saved-reports', { params: { query: { limit: 50, cursor: pageParam } } })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const filtersOf = useFilters(framework);
  const items = saved.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t('saved.heading')}</h1>
      <p className="hint">{t('saved.about')}</p>
      {saved.isLoadingError ? (
        <Failure error={saved.error} retry={() => void saved.refetch()} />
      ) : !saved.data ? (
        <Waiting />
      ) : items.length === 0 ? (
        <p className="card">{t('saved.none')}</p>
      ) : (
        <ul className="plain-list">
          {items.map((one) => (
            <li key={one.id} className="card">
              <Link to={`/reports/saved/${one.id}`}>{one.name}</Link>
              <p className="hint">
                {isKnown(one.report) ? t(`report.${one.report}`) : one.report} · {t('saved.at', { at: instantText(one.savedAt, framework.timeZone) })}
                {[daysOf(one.parameters), ...filtersOf(one.parameters)].map((said) => said && ` · ${said}`)}
              </p>
            </li>
          ))}
        </ul>
      )}
      <More list={saved} />
    </>
  );
}

/** Of which days it is. */
const daysOf = ({ asOf, from, to, year }: Record<string, string>) =>
  asOf ? dayText(asOf) : from && to ? `${dayText(from)} – ${dayText(to)}` : year;

const isKnown = (report: string): report is ReportName => report in reportPaths;

/** One of them, as it was. */
export function SavedReport({ framework }: { framework: Framework }) {
  const { t } = useReportWords();
  const go = useNavigate();
  const client = useQueryClient();
  const { savedReportId = '' } = useParams();
  const filtersOf = useFilters(framework);
  const [isSure, setSure] = useState(false);
  const [fault, setFault] = useState('');
  const path = { savedReportId };
  const saved = useQuery({ queryKey: ['saved', savedReportId], queryFn: () => ask(api.GET('/api/v1/saved-reports/{savedReportId}', { params: { path } })) });
  const result = useQuery({
    queryKey: ['saved', savedReportId, 'result'],
    queryFn: () => ask(api.GET('/api/v1/saved-reports/{savedReportId}/result', { params: { path } })) as Promise<unknown> as Promise<Answer>,
  });
  useTitle(saved.data?.name ?? t('saved.heading'));
  const failed = saved.isLoadingError ? saved : result.isLoadingError ? result : null;
  if (failed) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (!saved.data || !result.data) return <Waiting />;
  const remove = async () => {
    try {
      await ask(api.DELETE('/api/v1/saved-reports/{savedReportId}', { params: { path } }));
      await client.invalidateQueries({ queryKey: ['saved'], exact: true });
      await go('/reports/saved');
    } catch (error) {
      setFault(failureText(error));
    }
  };
  return (
    <>
      <p>
        <Link to="/reports/saved">{t('saved.back')}</Link>
      </p>
      <h1>{saved.data.name}</h1>
      <p className="hint">
        {t('saved.filters')}
        {filtersOf(result.data.question).join(t('and')) || t('filter.everything')}
        {t('stop')}
      </p>
      <Clocks framework={framework} answer={result.data} isSaved />
      {isKnown(saved.data.report) ? (
        <View framework={framework} report={saved.data.report} answer={result.data} savedId={savedReportId} />
      ) : (
        <p className="card">{t('saved.unknown', { report: saved.data.report })}</p>
      )}
      <p className="fine">
        {t('saved.proof', { program: saved.data.program, at: instantText(saved.data.savedAt, framework.timeZone) })} <code className="hash">{saved.data.sha256}</code>
      </p>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <div className="buttons">
        {isSure ? (
          <>
            <span>{t('saved.sure')}</span>
            <button type="button" className="danger" onClick={() => void remove()}>
              {t('saved.delete')}
            </button>
            <button type="button" onClick={() => setSure(false)}>
              {t('cancel')}
            </button>
          </>
        ) : (
          <button type="button" onClick={() => setSure(true)}>
            {t('saved.delete')}
          </button>
        )}
      </div>
    </>
  );
}

function View({ framework, report, answer, savedId }: { framework: Framework; report: ReportName; answer: Answer; savedId: string }) {
  const { t } = useReportWords();
  const source: Source = { report, question: answer.question, savedId };
  const props = { framework, source, saves: false };
  switch (report) {
    case 'grid':
      return <Grid {...props} answer={answer as Answers['grid']} />;
    case 'positions':
      return answer.question.groupBy === 'channel,rung' ? (
        <PositionsPerChannel {...props} answer={answer as Answers['positions']} />
      ) : (
        <PositionsBy {...props} answer={answer as Answers['positions']} title={t('report.positions')} />
      );
    case 'transitions':
      return <Transitions {...props} answer={answer as Answers['transitions']} />;
    case 'time-to-rung':
      return <TimesToRung {...props} answer={answer as Answers['time-to-rung']} />;
    case 'milestones':
      return <MilestonesBy {...props} answer={answer as Answers['milestones']} />;
    case 'indicators':
      return <Indicators {...props} answer={answer as Answers['indicators']} />;
    case 'annual':
      return <Annual answer={answer as Answers['annual']} source={source} saves={false} />;
  }
}
