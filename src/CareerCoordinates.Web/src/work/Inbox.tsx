import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { said } from '../api/said';
import { useCurrentFramework } from '../api/questions';
import { Failure, Waiting } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { LongList } from '../ui/LongList';
import { More } from '../ui/More';
import { Refreshing } from '../ui/Refreshing';
import { useOnce } from '../ui/useOnce';
import { useTitle } from '../ui/useTitle';
import { lastDay, todayIn } from '../words/days';
import { InboxItem, itemId } from './InboxItem';
import { askedOf, type View, views } from './inboxViews';
import { Judging, type Verdict } from './Judging';
import { VerifyMany } from './VerifyMany';
import { useWords } from './words';

type Milestone = Schemas['Milestone'];

const pageSize = 25;

/** What waits for somebody, across workers: looked at, verified, returned or rejected. */
export function Inbox({ judges }: { judges: boolean }) {
  const { t } = useWords();
  useTitle(t('inbox.heading'));
  const framework = useCurrentFramework();
  if (framework.isLoadingError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <Waiting />;
  return <List framework={framework.data} judges={judges} />;
}

function List({ framework, judges }: { framework: Framework; judges: boolean }) {
  const { t, name } = useWords();
  const client = useQueryClient();
  const [query, setQuery] = useSearchParams();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Milestone[] | null>(null);
  const [judging, setJudging] = useState<{ milestone: Milestone; verdict: Verdict } | null>(null);
  const [judged, setJudged] = useState('');
  /** Of what was decided last: who goes on by keyboard is where the next one stands, not at the top of the page. */
  const [decided, setDecided] = useState<{ id: string; at: number } | null>(null);
  const view: View = views.find((one) => one === query.get('state')) ?? 'submitted';
  const type = query.get('type') ?? undefined;
  const batch = query.get('import') ?? undefined;
  const inbox = useInfiniteQuery({
    queryKey: ['inbox', 'list', view, type, batch],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/v1/milestones', { params: { query: { ...askedOf(view), type, import: batch, limit: pageSize, cursor: pageParam } } })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  useEffect(() => {
    if (!decided || items.some((one) => one.id === decided.id)) return;
    const next = items[Math.min(decided.at, items.length - 1)];
    document.getElementById(next ? itemId(next.id) : 'main')?.focus();
    setDecided(null);
  }, [items, decided]);
  const decide = (milestone: Milestone) => setDecided({ id: milestone.id, at: items.findIndex((one) => one.id === milestone.id) });
  const open = items.filter((one) => one.actions.includes('verify'));
  const chosen = open.filter((one) => selected.has(one.id));

  const again = () => {
    void client.invalidateQueries({ queryKey: ['inbox'] });
    void client.invalidateQueries({ queryKey: ['person'] });
  };
  const once = useOnce();
  const verify = useMutation({
    mutationFn: (which: Milestone[]) =>
      ask(
        api.POST('/api/v1/milestones:verify', {
          body: { items: which.map((one) => ({ workerId: one.workerId, milestoneId: one.id, etag: one.etag! })) },
        }),
      ),
    onMutate: () => setJudged(''),
    onSuccess: (outcome, which) => {
      setSelected(new Set());
      const first = which.find((_, i) => outcome.items[i]!.status < 300);
      if (first) decide(first);
    },
    onSettled: () => {
      once.end();
      again();
    },
  });
  const begin = (which: Milestone[]) => once.begin(() => verify.mutate(which));
  const wish = (which: Milestone[]) => {
    const isAhead = which.some((one) => lastDay(one.occurredOn) > todayIn(framework.timeZone));
    if (which.length > 1 || isAhead) setAsking(which);
    else begin(which);
  };
  const set = (key: string, value: string) => {
    const changed = new URLSearchParams(query);
    if (value) changed.set(key, value);
    else changed.delete(key);
    setQuery(changed, { replace: true });
    setSelected(new Set());
    setJudged('');
    verify.reset();
  };
  const toggle = (id: string) => {
    const changed = new Set(selected);
    if (!changed.delete(id)) changed.add(id);
    setSelected(changed);
  };

  return (
    <>
      <h1>{t('inbox.heading')}</h1>
      <div className="card row">
        <Choice label={t('inbox.state')} value={view} options={views.map((one) => [one, t(`view.${one}`)])} onChoose={(value) => set('state', value)} />
        <Choice
          label={t('inbox.type')}
          value={type ?? ''}
          none={t('people.anywhere')}
          options={framework.milestoneTypes.filter((one) => one.enabled).map((one) => [one.code, name(one)])}
          onChoose={(value) => set('type', value)}
        />
      </div>
      {batch && judges && (
        <p>
          <Link to={`/imports/${batch}/sample`} className="button main">
            {t('sample.open')}
          </Link>
        </p>
      )}
      {judged && (
        <p className="note" role="status">
          {judged}
        </p>
      )}
      {verify.isError && <Failure error={verify.error} />}
      {verify.data && <Outcome framework={framework} outcome={verify.data} asked={verify.variables ?? []} />}
      {view === 'submitted' && items.some((one) => one.grants.length > 0) && <p className="hint">{t('inbox.lower')}</p>}
      {judges && open.length > 0 && !inbox.isPlaceholderData && (
        <div className="buttons bulk">
          <label className="check">
            <input
              type="checkbox"
              checked={chosen.length === open.length}
              onChange={(event) => setSelected(new Set(event.target.checked ? open.map((one) => one.id) : []))}
            />
            {t('inbox.all')}
          </label>
          <button type="button" className="main" disabled={chosen.length === 0 || verify.isPending} onClick={() => wish(chosen)}>
            {verify.isPending ? t('sending') : t('inbox.verifySelected', { number: chosen.length })}
          </button>
        </div>
      )}
      {inbox.isLoadingError ? (
        <Failure error={inbox.error} retry={() => void inbox.refetch()} />
      ) : !inbox.data ? (
        <Waiting />
      ) : (
        <Refreshing isOld={inbox.isPlaceholderData}>
          {items.length === 0 && <p className="card">{t('inbox.none')}</p>}
          <LongList className="plain-list" items={items} height={210}>
            {(milestone) => (
              <InboxItem
                key={milestone.id}
                framework={framework}
                milestone={milestone}
                person={milestone.workerName ?? t('person.erased')}
                judges={judges && milestone.actions.includes('verify')}
                isBusy={verify.isPending}
                isSelected={selected.has(milestone.id)}
                onSelect={() => toggle(milestone.id)}
                onVerify={() => wish([milestone])}
                onJudge={(verdict) => setJudging({ milestone, verdict })}
              />
            )}
          </LongList>
          <More list={inbox} />
        </Refreshing>
      )}
      {asking && (
        <VerifyMany
          framework={framework}
          milestones={asking}
          onClose={() => setAsking(null)}
          onVerify={() => {
            begin(asking);
            setAsking(null);
          }}
        />
      )}
      {judging && (
        <Judging
          framework={framework}
          {...judging}
          onClose={() => setJudging(null)}
          onDone={() => {
            const { milestone, verdict } = judging;
            const type = byCode(framework.milestoneTypes, milestone.type);
            setJudged(t('inbox.judged', { name: milestone.workerName ?? t('person.erased'), type: name(type, milestone.type), act: t(`act.${verdict}`) }));
            verify.reset();
            decide(milestone);
            setJudging(null);
          }}
        />
      )}
    </>
  );
}

interface OutcomeProps {
  framework: Framework;
  outcome: Schemas['Verifications'];
  /** In the order of the outcome. */
  asked: Milestone[];
}

/** What came of several at once: who could not be verified, and why. */
function Outcome({ framework, outcome, asked }: OutcomeProps) {
  const { t, name } = useWords();
  const refused = outcome.items.flatMap((one, i) => (one.status >= 300 ? [{ ...one, milestone: asked[i] }] : []));
  return (
    <div className="note" role="status">
      <p>{t('inbox.done', { number: outcome.items.length - refused.length })}</p>
      {refused.length > 0 && (
        <>
          <p>{t('inbox.refused', { number: refused.length })}</p>
          <ul>
            {refused.map((one) => (
              <li key={one.milestoneId}>
                {one.milestone && (
                  <Link to={`/people/${one.milestone.workerId}?milestones=${one.milestone.id}`}>
                    {one.milestone.workerName ?? t('person.erased')} · {name(byCode(framework.milestoneTypes, one.milestone.type), one.milestone.type)}
                  </Link>
                )}
                {t('colon')}
                {one.status === 412 ? t('inbox.changed') : said(one.code, one.detail ?? String(one.status))}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
