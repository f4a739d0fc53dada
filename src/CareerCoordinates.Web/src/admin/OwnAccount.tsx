import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { antiforgery, api, ask, type Schemas } from '../api/client';
import { useCurrentFramework } from '../api/questions';
import '../styles/admin.css';
import { Failure, Waiting } from '../ui/Answers';
import { Field } from '../ui/Field';
import { Submit } from '../ui/Submit';
import { useTitle } from '../ui/useTitle';
import { faultIn, unplaced } from './faults';
import { GrantWords } from './GrantWords';
import { NewToken } from './NewToken';
import { TokenTable } from './TokenTable';
import { useAdminWords } from './words';

/** One's own account: what it may do, its password, its API tokens. */
export function OwnAccount({ me }: { me: Schemas['Me'] }) {
  const { t } = useAdminWords();
  useTitle(t('own.heading'));
  const client = useQueryClient();
  const framework = useCurrentFramework();
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => ask(api.GET('/api/v1/me/tokens')) });
  const failed = framework.isLoadingError ? framework : tokens.isLoadingError ? tokens : null;
  if (failed) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (!framework.data || !tokens.data) return <Waiting />;
  const model = framework.data;
  return (
    <>
      <h1>{t('own.heading')}</h1>
      <section className="card" aria-labelledby="who">
        <h2 id="who">{me.account}</h2>
        {me.grants.map((grant) => (
          <GrantWords key={grant.id} framework={model} grant={grant} />
        ))}
      </section>
      <section className="card" aria-labelledby="tokens">
        <h2 id="tokens">{t('tokens.heading')}</h2>
        <p className="hint">{t('tokens.about')}</p>
        <TokenTable
          framework={model}
          tokens={tokens.data.items}
          revoke={async (tokenId) => {
            await ask(api.POST('/api/v1/me/tokens/{tokenId}:revoke', { params: { path: { tokenId } } }));
            await tokens.refetch();
          }}
        />
        <h3>{t('tokens.new')}</h3>
        <NewToken framework={model} grants={me.grants} onMade={() => void client.invalidateQueries({ queryKey: ['tokens'] })} />
      </section>
      <section className="card" aria-labelledby="password">
        <h2 id="password">{t('own.password')}</h2>
        <Password />
      </section>
    </>
  );
}

/** All sign-ins end with the old password. */
export function Password() {
  const { t } = useAdminWords();
  const [typed, setTyped] = useState({ current: '', new: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await ask(api.PUT('/api/v1/me/password', { body: typed }));
      antiforgery.forget();
      location.assign('/');
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const elsewhere = unplaced(error, ['current', 'new']);
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p className="hint">{t('own.passwordAbout')}</p>
      <div className="row top">
        <Field label={t('own.current')} name="current" type="password" autoComplete="current-password" required value={typed.current} fault={faultIn(error, 'current')} onChange={(event) => setTyped({ ...typed, current: event.target.value })} />
        <Field label={t('own.new')} hint={t('accounts.passwordHint')} name="new" type="password" autoComplete="new-password" required value={typed.new} fault={faultIn(error, 'new')} onChange={(event) => setTyped({ ...typed, new: event.target.value })} />
      </div>
      {elsewhere && (
        <p className="fault" role="alert">
          {elsewhere}
        </p>
      )}
      <Submit busy={busy} className="">{t('own.change')}</Submit>
    </form>
  );
}
