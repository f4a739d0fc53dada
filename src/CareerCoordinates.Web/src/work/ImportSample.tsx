import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import { useCurrentFramework } from '../api/questions';
import { Failure, failureText, Waiting } from '../ui/Answers';
import { LongList } from '../ui/LongList';
import { Reason } from '../ui/Reason';
import { Submit } from '../ui/Submit';
import { useTitle } from '../ui/useTitle';
import { instantText } from '../words/days';
import { InboxItem } from './InboxItem';
import { Judging, type Verdict } from './Judging';
import { useWords } from './words';

type Milestone = Schemas['Milestone'];

/** A batch is verified with a sample drawn by chance: each of it is compared with its proof, then the rest goes with it. */
export function ImportSample() {
  const { t } = useWords();
  const importId = useParams().importId!;
  useTitle(t('sample.open'));
  const client = useQueryClient();
  // What was compared stays ticked where the page is loaded again.
  const kept = `compared ${importId}`;
  const framework = useCurrentFramework();
  const [judging, setJudging] = useState<{ milestone: Milestone; verdict: Verdict } | null>(null);
  const [isDone, setDone] = useState(false);
  const [compared, setCompared] = useState<ReadonlySet<string>>(() => new Set(sessionStorage.getItem(kept)?.split(',')));
  // Asking again shows the same: nobody draws until he likes what he sees.
  const sample = useQuery({
    queryKey: ['inbox', 'sample', importId],
    refetchOnWindowFocus: false,
    queryFn: () => ask(api.POST('/api/v1/imports/{importId}:sample', { params: { path: { importId } }, body: {} })),
  });
  const larger = useMutation({
    mutationFn: (size: number) => ask(api.POST('/api/v1/imports/{importId}:sample', { params: { path: { importId } }, body: { size } })),
    onSuccess: (drawn) => client.setQueryData(['inbox', 'sample', importId], drawn),
  });
  if (sample.isLoadingError) return <Failure error={sample.error} retry={() => void sample.refetch()} />;
  if (framework.isLoadingError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!sample.data || !framework.data) return <Waiting />;
  const { items, waiting, size, least, drawnAt } = sample.data;
  const faulty = items.filter((one) => one.state !== 'verified' && !(one.state === 'submitted' && one.revision === 1));
  const open = items.filter((one) => one.state === 'submitted' && one.revision === 1);
  /** One by one, and nothing is left that the sample would stand for. */
  const isSettled = size >= waiting && items.length > 0 && items.every((one) => one.state === 'verified');
  const left = open.filter((one) => !compared.has(one.id)).length;
  const toggle = (id: string) => {
    const changed = new Set(compared);
    if (!changed.delete(id)) changed.add(id);
    sessionStorage.setItem(kept, [...changed].join());
    setCompared(changed);
  };
  return (
    <>
      <p className="page-tools">
        <Link to={`/inbox?import=${importId}`}>{t('sample.back')}</Link>
      </p>
      <h1>{t('sample.open')}</h1>
      {isSettled && <p className="note">{t('sample.settled', { number: items.length })}</p>}
      {!isDone && !isSettled && <p>{t('sample.about', { waiting, size, least, at: instantText(drawnAt, framework.data.timeZone) })}</p>}
      {!isDone && size < waiting && (
        <p>
          <button type="button" disabled={larger.isPending} onClick={() => larger.mutate(Math.min(waiting, size * 2, 1000))}>
            {larger.isPending ? t('sending') : t('sample.larger', { size: Math.min(waiting, size * 2, 1000) })}
          </button>
        </p>
      )}
      {larger.isError && <Failure error={larger.error} />}
      <LongList className="plain-list" items={items} height={210}>
        {(milestone) => (
          <InboxItem
            key={milestone.id}
            framework={framework.data}
            milestone={milestone}
            person={milestone.workerName ?? t('person.erased')}
            judges={milestone.actions.includes('verify')}
            compared={open.includes(milestone)}
            isBusy={false}
            isSelected={compared.has(milestone.id)}
            onSelect={() => toggle(milestone.id)}
            onJudge={(verdict) => setJudging({ milestone, verdict })}
          />
        )}
      </LongList>
      {faulty.length > 0 ? (
        <div className="failure" role="status">
          <p>{t('sample.faulty', { number: faulty.length })}</p>
          <Link to={`/inbox?import=${importId}`} className="button">
            {t('sample.oneByOne')}
          </Link>
        </div>
      ) : (
        !isSettled && <Accept importId={importId} left={left} sample={sample.data} onDone={() => setDone(true)} />
      )}
      {judging && <Judging framework={framework.data} {...judging} onClose={() => setJudging(null)} onDone={() => setJudging(null)} />}
    </>
  );
}

interface AcceptProps {
  importId: string;
  /** Of the sample, not yet compared. */
  left: number;
  sample: Schemas['Sample'];
  /** Nothing of the batch waits any more. */
  onDone: () => void;
}

/** The rest is verified with the sample, 2,000 at a time, until none is left. */
function Accept({ importId, left, sample, onDone }: AcceptProps) {
  const { t } = useWords();
  const client = useQueryClient();
  const [basis, setBasis] = useState(sample.basis ?? '');
  const [done, setDone] = useState<{ verified: number; left: number; refused: string[] } | null>(null);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault('');
    const sum = { verified: 0, left: 0, refused: [] as string[] };
    try {
      let answer;
      do {
        answer = await ask(api.POST('/api/v1/imports/{importId}:verify', { params: { path: { importId } }, body: { basis: basis.trim() } }));
        sum.verified += answer.verified;
        sum.left = answer.left;
        sum.refused = [...new Set(answer.refused.map((one) => one.detail ?? String(one.status)))];
        setDone({ ...sum });
      } while (answer.left > 0 && answer.verified > 0);
      if (answer.left === 0) onDone();
    } catch (error) {
      setFault(failureText(error));
    }
    void client.invalidateQueries();
    setBusy(false);
  };
  return (
    <form className="card" onSubmit={(event) => void submit(event)}>
      <h2>{t('sample.accept')}</h2>
      <Reason label={t('sample.basis')} hint={t('sample.basisHint')} name="basis" maxLength={1000} value={basis} onChange={setBasis} />
      {done && (
        <div className="note" role="status">
          <p>{t('sample.done', { verified: done.verified, left: done.left })}</p>
          {done.refused.map((why) => (
            <p key={why}>{why}</p>
          ))}
        </div>
      )}
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {left > 0 && <p className="hint">{t('sample.left', { number: left })}</p>}
      <Submit busy={busy} disabled={left > 0 || done?.left === 0}>
        {t('sample.verify')}
      </Submit>
    </form>
  );
}
