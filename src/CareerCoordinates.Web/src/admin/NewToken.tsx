import { type FormEvent, useState } from 'react';
import { api, ask, type Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { useOrganizations } from '../api/questions';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { Submit } from '../ui/Submit';
import { faultIn, unplaced } from './faults';
import { useAdminWords } from './words';

const lives = [30, 90, 180, 365];
const day = 86_400_000;

interface Props {
  framework: Framework;
  grants: Schemas['Me']['grants'];
  onMade: () => void;
}

/** A token for a program, with no more than one of one's own roles; its secret is shown this once. */
export function NewToken({ framework, grants, onMade }: Props) {
  const { t, name } = useAdminWords();
  const organizations = useOrganizations();
  const [typed, setTyped] = useState({ name: '', grant: grants.length === 1 ? grants[0]!.id : '', days: '90' });
  const [made, setMade] = useState<Schemas['ApiToken'] | null>(null);
  const [isCopied, setCopied] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const called = (grant: Props['grants'][number]) => {
    const place = organizations.data?.items.find((one) => one.id === grant.organizationId)?.name;
    const acts = grant.acts.map((code) => name(byCode(framework.verifierRoles, code), code)).join(t('comma'));
    return [t(`role.${grant.role}`), grant.organizationId === null ? t('grant.whole') : (place ?? grant.organizationId), acts].filter(Boolean).join(' · ');
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const grant = grants.find((one) => one.id === typed.grant);
    if (!grant) return;
    setBusy(true);
    setError(null);
    const body = {
      name: typed.name.trim(),
      role: grant.role,
      organizationId: grant.organizationId ?? undefined,
      // Only a verifier's token names the bodies for which it speaks.
      acts: grant.role === 'verifier' ? grant.acts : undefined,
      endsAt: new Date(Date.now() + Number(typed.days) * day).toISOString(),
    };
    try {
      setMade(await ask(api.POST('/api/v1/me/tokens', { body })));
      setCopied(false);
      setTyped({ ...typed, name: '' });
      onMade();
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  const elsewhere = unplaced(error, ['name']);
  return (
    <>
      {made?.token && (
        <div className="note" role="status">
          <p>
            <b>{t('tokens.shownOnce', { name: made.name })}</b>
          </p>
          <p>
            <code className="secret">{made.token}</code>
          </p>
          <button
            type="button"
            className="quiet"
            onClick={() => {
              void navigator.clipboard.writeText(made.token!).then(() => setCopied(true));
            }}
          >
            {t(isCopied ? 'tokens.copied' : 'tokens.copy')}
          </button>
        </div>
      )}
      <form onSubmit={(event) => void submit(event)}>
        <div className="row top">
          <Field label={t('tokens.name')} hint={t('tokens.nameHint')} name="tokenName" autoComplete="off" required value={typed.name} fault={faultIn(error, 'name')} onChange={(event) => setTyped({ ...typed, name: event.target.value })} />
          <Choice label={t('grant.role')} name="grant" value={typed.grant} none={grants.length === 1 ? undefined : t('log.choose')} required options={grants.map((grant) => [grant.id, called(grant)])} onChoose={(value) => setTyped({ ...typed, grant: value })} />
          <Choice label={t('tokens.life')} value={typed.days} options={lives.map((days) => [String(days), t('tokens.days', { days })])} onChoose={(value) => setTyped({ ...typed, days: value })} />
        </div>
        {elsewhere && (
          <p className="fault" role="alert">
            {elsewhere}
          </p>
        )}
        <Submit busy={busy}>{t('tokens.make')}</Submit>
      </form>
    </>
  );
}
