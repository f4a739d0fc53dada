import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { Failure, failureText, Waiting } from '../ui/Answers';
import { More } from '../ui/More';
import { useTitle } from '../ui/useTitle';
import { dayText } from '../words/days';
import { DataTable } from './DataTable';
import { useNames } from './names';
import { numberText } from './numbers';
import { type Form, keep } from './source';
import { useReportWords } from './words';

const paths = {
  grid: '/api/v1/reports/grid/people',
  positions: '/api/v1/reports/positions/people',
  transitions: '/api/v1/reports/transitions/people',
  milestones: '/api/v1/reports/milestones/people',
} as const;

const pages = { grid: '/reports', positions: '/reports', transitions: '/reports/flows', milestones: '/reports/milestones' } as const;

/** The people behind a number: those in one's scope today, and how many are no longer. */
export function PeopleBehind({ framework }: { framework: Framework }) {
  const { t } = useReportWords();
  useTitle(t('people.behind'));
  const { report } = useParams();
  const navigate = useNavigate();
  // Whoever came from the report finds it as he left it, and not on the clocks of this list.
  const cameFromReport = useLocation().key !== 'default';
  const [query] = useSearchParams();
  const named = useNames(framework);
  const [fault, setFault] = useState('');
  const which = report !== undefined && report in paths ? (report as keyof typeof paths) : 'grid';
  const asked = Object.fromEntries(query);
  const call = (more: object, how: object = {}) =>
    api.GET(paths[which] as typeof paths.positions, { params: { query: { ...asked, ...more } }, ...how });
  const people = useInfiniteQuery({
    queryKey: ['report', 'people', which, query.toString()],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => (await ask(call({ limit: 100, cursor: pageParam }))) as Schemas['People'],
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const channel = asked['cell.channel'] ?? asked.channel;
  const cell = Object.entries(asked)
    .filter(([member]) => member.startsWith('cell.') && member !== 'cell.channel')
    .map(([member, code]) => {
      const dimension = member.slice(5);
      return named(/rung$/i.test(dimension) ? 'rung' : dimension, code, channel);
    });
  const days = asked.asOf ? dayText(asked.asOf) : `${dayText(asked.from ?? '')} – ${dayText(asked.to ?? '')}`;
  // The address of the page says in one word how it is grouped.
  const by = [asked.groupBy, asked.organizationKind].filter(Boolean).join(':');
  const back = new URLSearchParams([...query].filter(([name]) => !/^cell\.|^groupBy$|^organizationKind$/.test(name)));
  const first = people.data?.pages[0];
  const items = people.data?.pages.flatMap((page) => page.items) ?? [];
  const download = (form: Form) => {
    setFault('');
    keep(`${which}-people`, form, (how) => call({}, how)).catch((error: unknown) => setFault(failureText(error)));
  };
  return (
    <>
      <p>
        <Link
          to={`${pages[which]}?${back}${by && which !== 'positions' ? `&by=${by}` : ''}`}
          onClick={(event) => {
            if (!cameFromReport) return;
            event.preventDefault();
            void navigate(-1);
          }}
        >
          {t('people.back')}
        </Link>
      </p>
      <h1>{t('people.behind')}</h1>
      <p className="hint">
        {[...cell, days].join(' · ')}
      </p>
      {people.isLoadingError ? (
        <Failure error={people.error} retry={() => void people.refetch()} />
      ) : !first ? (
        <Waiting />
      ) : (
        <>
          <p role="status">
            {t('people.number', { number: numberText(first.workers) })}
            {first.movedOn > 0 && ` ${t('people.movedOn', { number: numberText(first.movedOn) })}`}
          </p>
          <div className="buttons people-tools">
            <button type="button" className="quiet" onClick={() => download('csv')}>
              CSV
            </button>
            <button type="button" className="quiet" onClick={() => download('xlsx')}>
              XLSX
            </button>
          </div>
          {fault && (
            <p className="fault" role="alert">
              {fault}
            </p>
          )}
          {items.length > 0 && (
            <DataTable
              caption={t('people.behind')}
              columns={[
                { head: t('people.name'), cell: (one) => <Link to={`/people/${one.id}`}>{one.name ?? t('person.erased')}</Link> },
                { head: t('people.number.head'), cell: (one) => one.number ?? '–' },
                { head: t('people.start'), cell: (one) => (one.careerStart ? dayText(one.careerStart) : '–') },
              ]}
              rows={items}
            />
          )}
          <More list={people} />
        </>
      )}
    </>
  );
}
