import { useInfiniteQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../api/client';
import { useCoordinate, useFramework } from '../api/questions';
import { Failure, Waiting } from '../ui/Answers';
import { LongList } from '../ui/LongList';
import { More } from '../ui/More';
import { useTitle } from '../ui/useTitle';
import { dayIn, dayText, timeText } from '../words/days';
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
  if (accesses.isLoadingError) return <Failure error={accesses.error} retry={() => void accesses.refetch()} />;
  if (!accesses.data) return <Waiting />;
  const timeZone = framework.data?.timeZone ?? 'Asia/Shanghai';
  const items = accesses.data.pages.flatMap((page) => page.items);
  return (
    <>
      <h1>{t('accesses.heading')}</h1>
      <p className="hint">{t('accesses.about')}</p>
      {items.length === 0 && <p className="card">{t('accesses.none')}</p>}
      <LongList className="accesses" items={groupsOf(items, timeZone)} height={120}>
        {({ day, account, as, kinds }) => (
          <li key={`${day} ${account}`} className="card">
            <h2>
              {as.map((one) => `${t(`role.${one.role}`)}${one.organization ? ` · ${one.organization}` : ''}`).join(t('and')) || account}
            </h2>
            <p className="hint">
              {t('accesses.account', { account })} · <time dateTime={day}>{dayText(day)}</time>
            </p>
            {kinds.map(({ newest, number }) => (
              <p key={newest.id}>
                {name(newest.words)} · {number > 1 ? t('accesses.times', { number, at: timeText(newest.at, timeZone) }) : timeText(newest.at, timeZone)}
                {newest.reason && <small> {t('milestone.reason', { reason: newest.reason })}</small>}
              </p>
            ))}
          </li>
        )}
      </LongList>
      <More list={accesses} />
    </>
  );
}

interface Group extends Pick<Schemas['Access'], 'account' | 'as'> {
  day: string;
  /** The newest of each kind, and how many there were. */
  kinds: { newest: Schemas['Access']; number: number }[];
}

/** What one account did on one day, from the newest back. */
function groupsOf(items: Schemas['Access'][], timeZone: string): Group[] {
  const groups = new Map<string, Group>();
  for (const access of items) {
    const day = dayIn(access.at, timeZone);
    const key = `${day} ${access.account}`;
    const group = groups.get(key) ?? { day, account: access.account, as: access.as, kinds: [] };
    groups.set(key, group);
    const same = group.kinds.find(({ newest }) => newest.kind === access.kind && newest.reason === access.reason);
    if (same) same.number++;
    else group.kinds.push({ newest: access, number: 1 });
  }
  return [...groups.values()];
}
