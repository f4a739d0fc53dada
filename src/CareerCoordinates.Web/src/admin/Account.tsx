import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { Failure, failureText, Waiting } from '../ui/Answers';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Submit } from '../ui/Submit';
import { useTitle } from '../ui/useTitle';
import { useUnsaved } from '../ui/useUnsaved';
import { instantText } from '../words/days';
import { faultIn, unplaced } from './faults';
import { GrantForm } from './GrantForm';
import { GrantWords } from './GrantWords';
import { TokenTable } from './TokenTable';
import { useAdminWords } from './words';

/** One account: its roles, its API tokens, whether it may sign in. Each change holds from its next request on. */
export function Account({ framework, me }: { framework: Framework; me: Schemas['Me'] }) {
  const { t } = useAdminWords();
  const client = useQueryClient();
  const { accountId = '' } = useParams();
  const path = { accountId };
  const [asked, setAsked] = useState<'password' | 'disable' | { revoke: string } | null>(null);
  const [done, setDone] = useState('');
  const account = useQuery({ queryKey: ['accounts', accountId], queryFn: () => ask(api.GET('/api/v1/accounts/{accountId}', { params: { path } })) });
  const tokens = useQuery({ queryKey: ['accounts', accountId, 'tokens'], queryFn: () => ask(api.GET('/api/v1/accounts/{accountId}/tokens', { params: { path } })) });
  const shown = (changed: Schemas['Account'], words: string) => {
    client.setQueryData(['accounts', accountId], changed);
    void client.invalidateQueries({ queryKey: ['accounts'] });
    setAsked(null);
    setDone(words);
  };
  // What was done is said until something else is begun.
  const begin = (what: typeof asked) => {
    setDone('');
    setAsked(what);
  };
  const change = useMutation({
    onMutate: () => setDone(''),
    mutationFn: async (what: 'disable' | 'enable' | { revoke: string }) => {
      if (what === 'disable') return ask(api.POST('/api/v1/accounts/{accountId}:disable', { params: { path } }));
      if (what === 'enable') return ask(api.POST('/api/v1/accounts/{accountId}:enable', { params: { path } }));
      return ask(api.POST('/api/v1/accounts/{accountId}/grants/{grantId}:revoke', { params: { path: { accountId, grantId: what.revoke } } }));
    },
    onSuccess: (changed, what) => shown(changed, t(what === 'disable' ? 'account.wasDisabled' : what === 'enable' ? 'account.wasEnabled' : 'account.wasRevoked')),
  });
  useTitle(account.data?.name ?? t('accounts.heading'));
  if (account.isLoadingError) return <Failure error={account.error} retry={() => void account.refetch()} />;
  if (!account.data) return <Waiting />;
  const one = account.data;
  const isRevoking = asked !== null && typeof asked === 'object';
  return (
    <>
      <p>
        <Link to="/accounts">{t('account.all')}</Link>
      </p>
      <h1>{one.name}</h1>
      <p className="hint">
        {t('account.made', { by: one.createdBy, at: instantText(one.createdAt, framework.timeZone) })} · <b>{t(one.disabled ? 'accounts.disabled' : 'accounts.enabled')}</b>
        {one.workerId && ` · ${t('accounts.own')}`}
      </p>
      {done && (
        <p className="note" role="status">
          {done}
        </p>
      )}
      {change.isError && asked === null && <Failure error={change.error} />}
      <div className="buttons account-tools">
        {one.disabled ? (
          <button type="button" disabled={change.isPending} onClick={() => change.mutate('enable')}>
            {t('account.enable')}
          </button>
        ) : (
          one.id !== me.accountId && (
            <button type="button" className="danger" onClick={() => begin('disable')}>
              {t('account.disable')}
            </button>
          )
        )}
        {!one.workerId && (
          <button type="button" onClick={() => begin('password')}>
            {t('account.setPassword')}
          </button>
        )}
      </div>
      <section className="card" aria-labelledby="roles" onSubmit={() => setDone('')}>
        <h2 id="roles">{t('account.roles')}</h2>
        {one.grants.length === 0 && <p>{t('accounts.noRole')}</p>}
        <ul className="plain-list grants">
          {one.grants.map((grant) => (
            <li key={grant.id}>
              <GrantWords framework={framework} grant={grant} />
              {/* Another administrator takes it from one: so there is always one left. */}
              {!(one.id === me.accountId && grant.role === 'administrator') && (
                <button type="button" className="quiet" aria-label={`${t('account.revoke')}: ${t(`role.${grant.role}`)}`} onClick={() => begin({ revoke: grant.id })}>
                  {t('account.revoke')}
                </button>
              )}
            </li>
          ))}
        </ul>
        <h3>{t('account.grant')}</h3>
        <GrantForm framework={framework} accountId={accountId} onGranted={(changed) => shown(changed, t('account.wasGranted'))} />
      </section>
      <section className="card" aria-labelledby="tokens">
        <h2 id="tokens">{t('tokens.heading')}</h2>
        <p className="hint">{t('tokens.ofAccount')}</p>
        {tokens.isLoadingError ? (
          <Failure error={tokens.error} retry={() => void tokens.refetch()} />
        ) : !tokens.data ? (
          <Waiting />
        ) : (
          <TokenTable
            framework={framework}
            tokens={tokens.data.items}
            revoke={async (tokenId) => {
              await ask(api.POST('/api/v1/accounts/{accountId}/tokens/{tokenId}:revoke', { params: { path: { accountId, tokenId } } }));
              await tokens.refetch();
            }}
          />
        )}
      </section>
      {(asked === 'disable' || isRevoking) && (
        <Dialog title={t(isRevoking ? 'account.revoke' : 'account.disable')} onClose={() => setAsked(null)}>
          <p>{t(isRevoking ? 'account.revokeAbout' : 'account.disableAbout', { name: one.name })}</p>
          {change.isError && (
            <p className="fault" role="alert">
              {failureText(change.error)}
            </p>
          )}
          <button type="button" className="danger" disabled={change.isPending} onClick={() => change.mutate(isRevoking ? asked : 'disable')}>
            {change.isPending ? t('waiting') : t(isRevoking ? 'account.revoke' : 'account.disable')}
          </button>
        </Dialog>
      )}
      {asked === 'password' && <SetPassword accountId={accountId} onClose={() => setAsked(null)} onDone={(changed) => shown(changed, t('account.passwordSet'))} />}
    </>
  );
}

function SetPassword({ accountId, onClose, onDone }: { accountId: string; onClose: () => void; onDone: (changed: Schemas['Account']) => void }) {
  const { t } = useAdminWords();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onDone(await ask(api.PUT('/api/v1/accounts/{accountId}/password', { params: { path: { accountId } }, body: { password } })));
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  useUnsaved(password !== '');
  const elsewhere = unplaced(error, ['password']);
  return (
    <Dialog title={t('account.setPassword')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <p>{t('account.passwordAbout')}</p>
        <Field label={t('accounts.password')} hint={t('accounts.passwordHint')} name="password" type="password" autoComplete="new-password" required value={password} fault={faultIn(error, 'password')} onChange={(event) => setPassword(event.target.value)} />
        {elsewhere && (
          <p className="fault" role="alert">
            {elsewhere}
          </p>
        )}
        <Submit busy={busy}>{t('account.setPassword')}</Submit>
      </form>
    </Dialog>
  );
}
