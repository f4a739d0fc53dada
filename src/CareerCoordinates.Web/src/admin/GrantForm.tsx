import { type FormEvent, useState } from 'react';
import { api, ask, type Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { useOrganizations } from '../api/questions';
import { treeChoices } from '../api/tree';
import { Choice } from '../ui/Choice';
import { Submit } from '../ui/Submit';
import { faultIn, unplaced } from './faults';
import { useAdminWords } from './words';

type Role = Exclude<Schemas['Role'], 'worker'>;

const roles: Role[] = ['officer', 'verifier', 'analyst', 'administrator', 'auditor'];
/** These are for the whole tree. */
const whole: Role[] = ['administrator', 'auditor'];
/** These may speak for bodies of the framework; a verifier does. */
const acting: Role[] = ['officer', 'verifier'];
const everywhere = 'everywhere';

interface Props {
  framework: Framework;
  accountId: string;
  onGranted: (account: Schemas['Account']) => void;
}

/** A role, where it holds, and for which bodies it speaks. */
export function GrantForm({ framework, accountId, onGranted }: Props) {
  const { t, name } = useAdminWords();
  const organizations = useOrganizations();
  const [role, setRole] = useState<Role | ''>('');
  // An organisation, or `everywhere`: what is given away is chosen, not found preselected.
  const [where, setWhere] = useState('');
  const [acts, setActs] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [noBody, setNoBody] = useState(false);
  const [busy, setBusy] = useState(false);
  const isWhole = role !== '' && whole.includes(role);
  const isActing = role !== '' && acting.includes(role);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (role === '') return;
    if (role === 'verifier' && acts.length === 0) {
      setNoBody(true);
      return;
    }
    setBusy(true);
    setError(null);
    const body = { role, organizationId: isWhole || where === everywhere ? undefined : where, acts: isActing && acts.length > 0 ? acts : undefined };
    try {
      const changed = await ask(api.POST('/api/v1/accounts/{accountId}/grants', { params: { path: { accountId } }, body }));
      setRole('');
      setActs([]);
      setWhere('');
      onGranted(changed);
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  const elsewhere = unplaced(error, ['role', 'organizationId']);
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className="row">
        <Choice
          label={t('grant.role')}
          name="role"
          value={role}
          none={t('log.choose')}
          required
          options={roles.map((one) => [one, t(`role.${one}`)])}
          onChoose={(value) => {
            setRole(value as Role);
            // What was refused was another role.
            setError(null);
          }}
          fault={faultIn(error, 'role')}
        />
        {role !== '' && !isWhole && (
          <Choice
            label={t('grant.where')}
            name="organizationId"
            value={where}
            none={t('log.choose')}
            required
            options={[...treeChoices(organizations.data?.items ?? []), [everywhere, t('grant.whole')]]}
            onChoose={setWhere}
            fault={faultIn(error, 'organizationId')}
          />
        )}
      </div>
      {role !== '' && <p className="hint">{t(`grant.about.${role}`)}</p>}
      {isActing && (
        <fieldset className="acts">
          <legend>{t(role === 'verifier' ? 'grant.actsNeeded' : 'grant.actsMay')}</legend>
          {framework.verifierRoles.map((body) => (
            <label key={body.code} className="check">
              <input
                type="checkbox"
                checked={acts.includes(body.code)}
                onChange={(event) => {
                  setNoBody(false);
                  setActs(event.target.checked ? [...acts, body.code] : acts.filter((one) => one !== body.code));
                }}
              />
              {name(body)}
            </label>
          ))}
        </fieldset>
      )}
      {noBody && isActing && (
        <p className="fault" role="alert">
          {t('grant.oneBody')}
        </p>
      )}
      {elsewhere && (
        <p className="fault" role="alert">
          {elsewhere}
        </p>
      )}
      <Submit busy={busy} disabled={role === ''}>{t('grant.submit')}</Submit>
    </form>
  );
}
