import { useInfiniteQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { useCoordinate, useFramework } from '../api/questions';
import { Failure, Waiting } from '../ui/Answers';
import { useTitle } from '../ui/useTitle';
import { instantText } from '../words/days';
import { useWords } from '../words/words';

/** Who looked at one's record, from the newest back. */
export function AccessesPage({ workerId }: { workerId: string }) {
  const { t, name } = useWords();
  useTitle(t('accesses.heading'));
  const framework = useFramework(useCoordinate(workerId).data?.framework);
  const accesses = useInfiniteQuery({
    queryKey: ['accesses'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/me/accesses', { params: { query: { limit: 50, before: pageParam } } })),
    getNextPageParam: (page) => (page.more ? page.items.at(-1)?.id : undefined),
  });
  if (accesses.isError) return <Failure error={accesses.error} retry={() => void accesses.refetch()} />;
  if (!accesses.data) return <Waiting />;
  const items = accesses.data.pages.flatMap((page) => page.items);
  return (
    <>
      <h1>{t('accesses.heading')}</h1>
      <p className="hint">{t('accesses.about')}</p>
      {items.length === 0 && <p className="card">{t('accesses.none')}</p>}
      <ul className="accesses">
        {items.map((access) => (
          <li key={access.id} className="card">
            <p>
              <b>{access.account}</b>{' '}
              {access.as.map((one) => `${t(`role.${one.role}`)}${one.organization ? ` · ${one.organization}` : ''}`).join(t('and'))}
            </p>
            <p>{name(access.words)}</p>
            {access.reason && <p>{t('milestone.reason', { reason: access.reason })}</p>}
            <p className="hint">
              <time dateTime={access.at}>{instantText(access.at, framework.data?.timeZone ?? 'Asia/Shanghai')}</time>
            </p>
          </li>
        ))}
      </ul>
      {accesses.hasNextPage && (
        <button type="button" disabled={accesses.isFetchingNextPage} onClick={() => void accesses.fetchNextPage()}>
          {accesses.isFetchingNextPage ? t('waiting') : t('more')}
        </button>
      )}
    </>
  );
}
