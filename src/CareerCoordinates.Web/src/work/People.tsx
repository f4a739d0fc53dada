import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import { Failure, Waiting } from '../ui/Answers';
import { Field } from '../ui/Field';
import { Choice } from '../ui/Choice';
import { useTitle } from '../ui/useTitle';
import { dayText } from '../words/days';
import { useCurrentFramework } from '../api/questions';
import { OrganizationChoice } from './OrganizationChoice';
import { useWords } from './words';

/** People in scope: filtered by what stands in the address, or found by name or number, which do not stand there. */
export function People() {
  const { t } = useWords();
  useTitle(t('people.heading'));
  const [typed, setTyped] = useState('');
  const [searched, setSearched] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSearched(typed.trim());
  };
  return (
    <>
      <div className="buttons page-tools">
        <h1>{t('people.heading')}</h1>
        <span className="buttons">
          <Link to="/organizations" className="button">
            {t('orgs.heading')}
          </Link>
          <Link to="/people/log" className="button">
            {t('many.heading')}
          </Link>
        </span>
      </div>
      <form className="card row" role="search" onSubmit={submit}>
        <Field label={t('people.search')} type="search" value={typed} placeholder={t('people.searchHint')} onChange={(e) => setTyped(e.target.value)} />
        <button type="submit" className="main">
          {t('people.find')}
        </button>
        {searched && (
          <button
            type="button"
            onClick={() => {
              setTyped('');
              setSearched('');
            }}
          >
            {t('people.all')}
          </button>
        )}
      </form>
      {searched ? <Found text={searched} /> : <Listed />}
    </>
  );
}

function Found({ text }: { text: string }) {
  const { t } = useWords();
  const found = useQuery({
    queryKey: ['people', 'found', text],
    queryFn: () => ask(api.POST('/api/v1/workers:search', { params: { query: { limit: 50 } }, body: { text } })),
  });
  if (found.isError) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  return (
    <>
      <Table people={found.data.items} />
      {found.data.more && <p className="hint">{t('people.tooMany')}</p>}
    </>
  );
}

function Listed() {
  const { t, name } = useWords();
  const [query, setQuery] = useSearchParams();
  const framework = useCurrentFramework();
  const organization = query.get('organization') ?? undefined;
  const stage = query.get('stage') ?? undefined;
  const level = query.get('level') ? Number(query.get('level')) : undefined;
  const account = query.get('account') ? query.get('account') === 'true' : undefined;
  const people = useInfiniteQuery({
    queryKey: ['people', organization, stage, level, account],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/workers', {
          params: { query: { organization, stage, level, account, limit: 50, cursor: pageParam, count: pageParam ? undefined : true } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const set = (key: string, value: string) => {
    const changed = new URLSearchParams(query);
    if (value) changed.set(key, value);
    else changed.delete(key);
    setQuery(changed, { replace: true });
  };
  const items = people.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="card row">
        <OrganizationChoice
          label={t('people.organization')}
          value={organization ?? ''}
          none={t('people.anywhere')}
          onChoose={(value) => set('organization', value)}
        />
        <Choice
          label={t('people.stage')}
          value={stage ?? ''}
          none={t('people.any')}
          options={(framework.data?.stages ?? []).map((one) => [one.code, name(one)])}
          onChoose={(value) => set('stage', value)}
        />
        <Choice
          label={t('people.level')}
          value={query.get('level') ?? ''}
          none={t('people.any')}
          options={(framework.data?.levels ?? []).map((one) => [String(one.level), `${t('grid.level', { level: one.level })} · ${name(one)}`])}
          onChoose={(value) => set('level', value)}
        />
        <Choice
          label={t('people.account')}
          value={query.get('account') ?? ''}
          none={t('people.any')}
          options={[
            ['true', t('people.account.true')],
            ['false', t('people.account.false')],
          ]}
          onChoose={(value) => set('account', value)}
        />
      </div>
      {people.isError ? (
        <Failure error={people.error} retry={() => void people.refetch()} />
      ) : !people.data ? (
        <Waiting />
      ) : (
        <>
          <p className="hint" role="status">
            {t('people.count', { number: people.data.pages[0]?.count ?? items.length })}
          </p>
          <Table people={items} />
          {people.hasNextPage && (
            <button type="button" disabled={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
              {people.isFetchingNextPage ? t('waiting') : t('more')}
            </button>
          )}
        </>
      )}
    </>
  );
}

function Table({ people }: { people: Schemas['Worker'][] }) {
  const { t } = useWords();
  if (people.length === 0) return <p className="card">{t('people.none')}</p>;
  return (
    <div className="table-holder" tabIndex={0} role="region" aria-label={t('people.heading')}>
      <table className="people">
        <thead>
          <tr>
            <th scope="col">{t('people.name')}</th>
            <th scope="col">{t('people.number')}</th>
            <th scope="col">{t('people.start')}</th>
            <th scope="col" className="wide-only">{t('people.birth')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Link to={`/people/${one.id}`}>{one.name ?? t('person.erased')}</Link>
              </th>
              <td>{one.number ?? '–'}</td>
              <td>{one.careerStart ? dayText(one.careerStart) : '–'}</td>
              <td className="wide-only">{one.birthDate ? dayText(one.birthDate) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
