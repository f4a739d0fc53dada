import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { api, ask } from '../api/client';
import { Failure, Waiting } from '../ui/Answers';
import { Field } from '../ui/Field';
import { Choice } from '../ui/Choice';
import { More } from '../ui/More';
import { Refreshing } from '../ui/Refreshing';
import { useTitle } from '../ui/useTitle';
import { useCurrentFramework } from '../api/questions';
import { OrganizationChoice } from './OrganizationChoice';
import { PeopleTable } from './PeopleTable';
import { useWords } from './words';

/**
 * People in scope: filtered by what stands in the address, or found by name or number. These do not stand in an address, which is
 * written down in many places; the browser's history keeps them, so that Back comes to them again.
 */
export function People({ keeps }: { keeps: boolean }) {
  const { t } = useWords();
  useTitle(t('people.heading'));
  const go = useNavigate();
  const { search, state } = useLocation() as { search: string; state: { searched?: string } | null };
  const searched = state?.searched ?? '';
  const [typed, setTyped] = useState(searched);
  useEffect(() => setTyped(searched), [searched]);
  const show = (text: string) => void go({ search }, { state: text ? { searched: text } : null });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    show(typed.trim());
  };
  return (
    <>
      <div className="buttons page-tools">
        <h1>{t('people.heading')}</h1>
        <span className="buttons">
          {keeps && (
            <Link to="/people/new" className="button">
              {t('people.new')}
            </Link>
          )}
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
          <button type="button" onClick={() => show('')}>
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
  const framework = useCurrentFramework().data;
  const found = useQuery({
    queryKey: ['people', 'found', text],
    queryFn: () => ask(api.POST('/api/v1/workers:search', { params: { query: { limit: 50 } }, body: { text } })),
  });
  if (found.isLoadingError) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  return (
    <>
      <p className="hint" role="status">
        {t('people.found', { number: found.data.items.length, text })}
      </p>
      <PeopleTable framework={framework} people={found.data.items} />
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
      {people.isLoadingError ? (
        <Failure error={people.error} retry={() => void people.refetch()} />
      ) : !people.data ? (
        <Waiting />
      ) : (
        <Refreshing isOld={people.isPlaceholderData}>
          <p className="hint" role="status">
            {t('people.count', { number: people.data.pages[0]?.count ?? items.length })}
          </p>
          <PeopleTable framework={framework.data} people={items} />
          <More list={people} />
        </Refreshing>
      )}
    </>
  );
}
