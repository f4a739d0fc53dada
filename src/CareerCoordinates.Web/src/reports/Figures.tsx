import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { useOrganizations } from '../api/questions';
import { treeChoices } from '../api/tree';
import { Failure, Waiting } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { LongTable } from '../ui/LongTable';
import { More } from '../ui/More';
import { useTitle } from '../ui/useTitle';
import { useAddress } from './address';
import { todayIn } from './clock';
import { CorrectFigure, EnterFigure, FigureRevisions } from './FigureForms';
import { figureName, unitOf } from './figureNames';
import { numberText } from './numbers';
import { useReportWords } from './words';

type Entered = Schemas['EnteredFigure'];

interface Props {
  framework: Framework;
  grants: Schemas['Me']['grants'];
}

/** The numbers that no milestone counts: an organisation reports them itself, each with its source. On a phone the table is drawn as a list, hence the roles. */
export function Figures({ framework, grants }: Props) {
  const { t, name } = useReportWords();
  useTitle(t('figures.heading'));
  const { get, set, number } = useAddress();
  const organizations = useOrganizations();
  const [open, setOpen] = useState<{ what: 'enter' } | { what: 'correct' | 'revisions'; figure: Entered } | null>(null);
  const [done, setDone] = useState('');
  // What was done is said until something else is begun.
  const begin = (what: NonNullable<typeof open>) => {
    setDone('');
    setOpen(what);
  };
  const enters = grants.some((one) => one.role === 'officer');
  const query = {
    organization: get('organization'),
    indicator: get('indicator'),
    year: number('year'),
    yearKind: get('yearKind') as Schemas['YearKind'] | undefined,
    knownAt: get('knownAt'),
  };
  const figures = useInfiniteQuery({
    queryKey: ['figures', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/v1/entered-figures', { params: { query: { ...query, limit: 50, cursor: pageParam, count: pageParam ? undefined : true } } })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const indicators = framework.indicators.filter((one) => one.entered);
  const choices = treeChoices(organizations.data?.items ?? []);
  const places = new Map((organizations.data?.items ?? []).map((one) => [one.id, one.name]));
  const parents = new Map((organizations.data?.items ?? []).map((one) => [one.id, one.parentId]));
  const isBelow = (one: string, upper: string): boolean => {
    const parent = parents.get(one);
    return parent === upper || (typeof parent === 'string' && isBelow(parent, upper));
  };
  /** The same number of an organisation above or below: whoever adds up counts some of it twice. */
  const overlapping = (figure: Entered) =>
    items.find(
      (other) =>
        (['indicator', 'figure', 'year', 'yearKind'] as const).every((one) => other[one] === figure[one]) &&
        (isBelow(figure.organizationId, other.organizationId) || isBelow(other.organizationId, figure.organizationId)),
    );
  const now = Number(todayIn(framework.timeZone).slice(0, 4));
  const items = figures.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="report-head">
        <h1>{t('figures.heading')}</h1>
        {enters && (
          <button type="button" className="main" onClick={() => begin({ what: 'enter' })}>
            {t('figures.enter')}
          </button>
        )}
      </div>
      <p className="hint">
        {t('figures.about')} {!enters && t('figures.byOfficers')}
      </p>
      {done && (
        <p className="note" role="status">
          {done}
        </p>
      )}
      <div className="card row">
        <Choice
          label={t('people.organization')}
          value={query.organization ?? ''}
          none={t('filter.everything')}
          options={choices}
          onChoose={(value) => set({ organization: value })}
        />
        <Choice
          label={t('indicators.indicator')}
          value={query.indicator ?? ''}
          none={t('people.any')}
          options={indicators.map((one) => [one.code, name(one)])}
          onChoose={(value) => set({ indicator: value })}
        />
        <Choice
          label={t('year.year')}
          value={get('year') ?? ''}
          none={t('people.any')}
          options={Array.from({ length: 10 }, (_, back): [string, string] => [String(now - back), String(now - back)])}
          onChoose={(value) => set({ year: value })}
        />
        <Choice
          label={t('year.kind')}
          value={query.yearKind ?? ''}
          none={t('people.any')}
          options={[
            ['calendar', t('year.calendar')],
            ['october', t('year.october')],
          ]}
          onChoose={(value) => set({ yearKind: value })}
        />
      </div>
      {figures.isLoadingError ? (
        <Failure error={figures.error} retry={() => void figures.refetch()} />
      ) : !figures.data ? (
        <Waiting />
      ) : items.length === 0 ? (
        <p className="card">{t('figures.none')}</p>
      ) : (
        <>
          <p className="hint" role="status">
            {t('figures.count', { number: figures.data.pages[0]?.count ?? items.length })}
          </p>
          <div className="table-holder" tabIndex={0} role="region" aria-label={t('figures.heading')}>
            <LongTable
              className="figures"
              head={
                <>
                  <th scope="col" role="columnheader">{t('indicators.indicator')}</th>
                  <th scope="col" role="columnheader">{t('year.year')}</th>
                  <th scope="col" role="columnheader" className="number-cell">
                    {t('indicators.value')}
                  </th>
                  <th scope="col" role="columnheader" className="wide-only">
                    {t('figures.source')}
                  </th>
                  <th scope="col" role="columnheader" className="wide-only">
                    {t('figures.organization')}
                  </th>
                  <th scope="col" role="columnheader">{t('figures.doing')}</th>
                </>
              }
              items={items}
              keyOf={(figure) => figure.id}
              cells={(figure) => {
                const called = figureName(framework, name, figure);
                const place = places.get(figure.organizationId) ?? figure.organizationId;
                const other = overlapping(figure);
                return (
                  <>
                    <th scope="row" role="rowheader">
                      {called}
                      <small className="narrow-only">
                        {figure.source} · {place}
                      </small>
                      {other && <small className="ahead">{t('figures.overlaps', { place: places.get(other.organizationId) ?? '' })}</small>}
                    </th>
                    <td role="cell">
                      {figure.year} <small>{t(`year.${figure.yearKind}`)}</small>
                    </td>
                    <td role="cell" className="number-cell">
                      {numberText(figure.number, 2)} {unitOf(framework, name, figure)}
                    </td>
                    <td role="cell" className="source wide-only">{figure.source}</td>
                    <td role="cell" className="wide-only">{place}</td>
                    <td role="cell">
                      <span className="buttons">
                        {enters && (
                          <button type="button" className="quiet" aria-label={`${t('figures.correct')}: ${called} ${figure.year}`} onClick={() => begin({ what: 'correct', figure })}>
                            {t('figures.correct')}
                          </button>
                        )}
                        <button type="button" className="quiet" aria-label={`${t('figures.revision', { number: figure.revision })}: ${called} ${figure.year}`} onClick={() => begin({ what: 'revisions', figure })}>
                          {t('figures.revision', { number: figure.revision })}
                        </button>
                      </span>
                    </td>
                  </>
                );
              }}
            />
          </div>
          <More list={figures} />
        </>
      )}
      {open?.what === 'enter' && (
        <EnterFigure
          framework={framework}
          organizations={choices}
          onClose={() => setOpen(null)}
          onDone={(words) => {
            setOpen(null);
            setDone(words);
          }}
        />
      )}
      {open?.what === 'correct' && (
        <CorrectFigure
          framework={framework}
          figure={open.figure}
          onClose={() => setOpen(null)}
          onDone={(words) => {
            setOpen(null);
            setDone(words);
          }}
        />
      )}
      {open?.what === 'revisions' && <FigureRevisions framework={framework} figure={open.figure} onClose={() => setOpen(null)} />}
    </>
  );
}
