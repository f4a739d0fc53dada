import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import type { Framework } from '../api/framework';
import { Failure, Waiting } from '../ui/Answers';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { LongTable } from '../ui/LongTable';
import { More } from '../ui/More';
import { Submit } from '../ui/Submit';
import { Typed } from '../ui/Typed';
import { useUnsaved } from '../ui/useUnsaved';
import { useTitle } from '../ui/useTitle';
import { faultIn, unplaced } from './faults';
import { GrantWords } from './GrantWords';
import { useAdminWords } from './words';

const page = 100;

/** All accounts in the order of their names, and what each may do. */
export function Accounts({ framework }: { framework: Framework }) {
  const { t } = useAdminWords();
  useTitle(t('accounts.heading'));
  const [isMaking, setMaking] = useState(false);
  const [search, setSearch] = useState('');
  const accounts = useInfiniteQuery({
    queryKey: ['accounts', 'list', search],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/accounts', { params: { query: { after: pageParam, search: search || undefined, limit: page } } })),
    getNextPageParam: (last) => (last.more ? last.items.at(-1)?.name : undefined),
  });
  const items = accounts.data?.pages.flatMap((one) => one.items) ?? [];
  return (
    <>
      <div className="page-tools">
        <h1>{t('accounts.heading')}</h1>
        <button type="button" className="main" onClick={() => setMaking(true)}>
          {t('accounts.new')}
        </button>
      </div>
      <p className="hint">
        {t('accounts.about')} <Link to="/accounts/erasures">{t('erasures.heading')}</Link>
      </p>
      <form className="card" role="search" aria-label={t('accounts.search')} onSubmit={(event) => event.preventDefault()}>
        <Typed label={t('accounts.search')} type="search" autoComplete="off" value={search} isComplete={() => true} onTyped={(value) => setSearch(value.trim())} />
      </form>
      {accounts.isLoadingError ? (
        <Failure error={accounts.error} retry={() => void accounts.refetch()} />
      ) : !accounts.data ? (
        <Waiting />
      ) : items.length === 0 ? (
        <p className="card">{t('accounts.none')}</p>
      ) : (
        <div className="table-holder" tabIndex={0} role="region" aria-label={t('accounts.heading')}>
          <LongTable
            className="accounts"
            head={
              <>
                <th scope="col">{t('accounts.name')}</th>
                <th scope="col">{t('accounts.roles')}</th>
                <th scope="col">{t('accounts.state')}</th>
              </>
            }
            items={items}
            keyOf={(one) => one.id}
            cells={(one) => (
              <>
                <th scope="row">
                  <Link to={`/accounts/${one.id}`}>{one.name}</Link>
                </th>
                <td>
                  {one.workerId && <span className="grant">{t('accounts.own')}</span>}
                  {one.grants.map((grant) => (
                    <GrantWords key={grant.id} framework={framework} grant={grant} isShort />
                  ))}
                  {!one.workerId && one.grants.length === 0 && t('accounts.noRole')}
                </td>
                <td>{t(one.disabled ? 'accounts.disabled' : 'accounts.enabled')}</td>
              </>
            )}
          />
        </div>
      )}
      <More list={accounts} />
      {isMaking && <NewAccount onClose={() => setMaking(false)} />}
    </>
  );
}

/** A name and a first password; its roles are granted on its own page. */
function NewAccount({ onClose }: { onClose: () => void }) {
  const { t } = useAdminWords();
  const go = useNavigate();
  const client = useQueryClient();
  const [typed, setTyped] = useState({ name: '', password: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const made = await ask(api.POST('/api/v1/accounts', { body: { name: typed.name.trim(), password: typed.password } }));
      void client.invalidateQueries({ queryKey: ['accounts'] });
      sent();
      await go(`/accounts/${made.id}`);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const sent = useUnsaved(typed.name !== '' || typed.password !== '');
  const elsewhere = unplaced(error, ['name', 'password']);
  return (
    <Dialog title={t('accounts.new')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{t('accounts.newAbout')}</p>
        <Field label={t('accounts.name')} hint={t('accounts.nameHint')} name="name" autoComplete="off" required value={typed.name} fault={faultIn(error, 'name')} onChange={(event) => setTyped({ ...typed, name: event.target.value })} />
        <Field label={t('accounts.password')} hint={t('accounts.passwordHint')} name="password" type="password" autoComplete="new-password" required value={typed.password} fault={faultIn(error, 'password')} onChange={(event) => setTyped({ ...typed, password: event.target.value })} />
        {elsewhere && (
          <p className="fault" role="alert">
            {elsewhere}
          </p>
        )}
        <Submit busy={busy}>{t('accounts.make')}</Submit>
      </form>
    </Dialog>
  );
}
