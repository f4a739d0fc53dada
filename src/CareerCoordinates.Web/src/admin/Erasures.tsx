import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { Failure, Waiting } from '../ui/Answers';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { More } from '../ui/More';
import { Submit } from '../ui/Submit';
import { useTitle } from '../ui/useTitle';
import { useUnsaved } from '../ui/useUnsaved';
import { instantText } from '../words/days';
import { faultIn, unplaced } from './faults';
import { useAdminWords } from './words';

type Erasure = Schemas['Erasure'];
type Act = { what: 'ask' } | { what: 'approve' | 'refuse'; erasure: Erasure };

const page = 100;

/** A person is made unreadable: one administrator asks, another decides. */
export function Erasures({ framework, me }: { framework: Framework; me: Schemas['Me'] }) {
  const { t } = useAdminWords();
  useTitle(t('erasures.heading'));
  const client = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const [done, setDone] = useState('');
  const erasures = useInfiniteQuery({
    queryKey: ['erasures'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/erasures', { params: { query: { before: pageParam, limit: page } } })),
    getNextPageParam: (last) => (last.more ? last.items.at(-1)?.id : undefined),
  });
  const items = erasures.data?.pages.flatMap((one) => one.items) ?? [];
  const begin = (begun: Act) => {
    setDone('');
    setAct(begun);
  };
  const at = (instant: string) => instantText(instant, framework.timeZone);
  return (
    <>
      <p>
        <Link to="/accounts">{t('account.all')}</Link>
      </p>
      <div className="page-tools">
        <h1>{t('erasures.heading')}</h1>
        <button type="button" className="main" onClick={() => begin({ what: 'ask' })}>
          {t('erasures.ask')}
        </button>
      </div>
      <p className="hint">{t('erasures.about')}</p>
      {done && (
        <p className="note" role="status">
          {done}
        </p>
      )}
      {erasures.isLoadingError ? (
        <Failure error={erasures.error} retry={() => void erasures.refetch()} />
      ) : !erasures.data ? (
        <Waiting />
      ) : items.length === 0 ? (
        <p className="card">{t('erasures.none')}</p>
      ) : (
        <ul className="plain-list">
          {items.map((one) => (
            <li key={one.id} className="card">
              <p>
                <b>{t(`erasures.${one.state}`)}</b> · {t('audit.about.worker')} <code>{one.workerId}</code>
              </p>
              <p>{one.reason}</p>
              <p className="hint">
                {t('erasures.askedBy', { by: one.askedBy, at: at(one.askedAt) })}
                {one.decidedBy && one.decidedAt && ` · ${t('erasures.decidedBy', { by: one.decidedBy, at: at(one.decidedAt) })}`}
                {one.decisionReason && `${t('colon')}${one.decisionReason}`}
              </p>
              {one.state === 'asked' && (
                <div className="buttons">
                  {one.askedBy !== me.account && (
                    <button type="button" className="danger" onClick={() => begin({ what: 'approve', erasure: one })}>
                      {t('erasures.approve')}
                    </button>
                  )}
                  <button type="button" onClick={() => begin({ what: 'refuse', erasure: one })}>
                    {t(one.askedBy === me.account ? 'erasures.takeBack' : 'erasures.refuse')}
                  </button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <More list={erasures} />
      {act && (
        <Decide
          act={act}
          isOwn={act.what === 'refuse' && act.erasure.askedBy === me.account}
          onClose={() => setAct(null)}
          onDone={(state) => {
            setAct(null);
            setDone(t(`erasures.was.${state}`));
            void client.invalidateQueries({ queryKey: ['erasures'] });
          }}
        />
      )}
    </>
  );
}

interface DecideProps {
  act: Act;
  isOwn: boolean;
  onClose: () => void;
  onDone: (state: Erasure['state']) => void;
}

function Decide({ act, isOwn, onClose, onDone }: DecideProps) {
  const { t } = useAdminWords();
  const [typed, setTyped] = useState({ workerId: '', reason: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const title = t(isOwn ? 'erasures.takeBack' : `erasures.${act.what}`);
  const send = () => {
    if (act.what === 'ask') return ask(api.POST('/api/v1/erasures', { body: { workerId: typed.workerId.trim(), reason: typed.reason } }));
    const params = { path: { erasureId: act.erasure.id } };
    return act.what === 'approve'
      ? ask(api.POST('/api/v1/erasures/{erasureId}:approve', { params }))
      : ask(api.POST('/api/v1/erasures/{erasureId}:refuse', { params, body: { reason: typed.reason } }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onDone((await send()).state);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  useUnsaved(typed.workerId !== '' || typed.reason !== '');
  const elsewhere = unplaced(error, ['workerId', 'reason']);
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{t(`erasures.about.${act.what}`)}</p>
        {act.what === 'ask' && (
          <Field label={t('audit.worker')} hint={t('erasures.workerHint')} name="workerId" autoComplete="off" required value={typed.workerId} fault={faultIn(error, 'workerId')} onChange={(event) => setTyped({ ...typed, workerId: event.target.value })} />
        )}
        {act.what !== 'approve' && (
          <Field label={t('erasures.reason')} hint={t('erasures.reasonHint')} name="reason" autoComplete="off" maxLength={2000} required value={typed.reason} fault={faultIn(error, 'reason')} onChange={(event) => setTyped({ ...typed, reason: event.target.value })} />
        )}
        {elsewhere && (
          <p className="fault" role="alert">
            {elsewhere}
          </p>
        )}
        <Submit busy={busy} className={act.what === 'approve' ? 'danger' : 'main'}>
          {title}
        </Submit>
      </form>
    </Dialog>
  );
}
