import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { ApiError, api, ask, type Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { failureText } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { OrganizationChoice } from './OrganizationChoice';
import { useWords } from './words';

type Kind = Schemas['AffiliationKind'];
const kinds: Kind[] = ['labour-contract', 'dispatch', 'platform-work', 'union-only', 'external'];

interface Props {
  framework: Framework;
  workerId: string;
  /** The primary place of now ends the day before. */
  isTransfer: boolean;
  onClose: () => void;
  onDone: () => void;
}

export function NewAffiliation({ framework, workerId, isTransfer, onClose, onDone }: Props) {
  const { t, name } = useWords();
  const client = useQueryClient();
  const [draft, setDraft] = useState({
    kind: 'labour-contract' as Kind,
    organizationId: '',
    externalName: '',
    from: '',
    staffNumber: '',
    employmentForm: '',
    occupationCode: '',
    primary: isTransfer,
  });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const sent = useRef({ body: '', key: '' });
  const faults = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const fault = (member: string) => faults.find((one) => one.pointer === `/${member}`)?.detail;
  const isPlaced = faults.some((one) => one.pointer.slice(1) in draft);
  const isOutside = draft.kind === 'external';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const body = {
      transfer: isTransfer,
      kind: draft.kind,
      organizationId: isOutside ? null : draft.organizationId,
      externalName: isOutside ? draft.externalName.trim() : null,
      from: draft.from,
      primary: draft.primary,
      staffNumber: draft.staffNumber.trim() || null,
      employmentForm: draft.employmentForm || null,
      occupationCode: draft.occupationCode.trim() || null,
    };
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
    try {
      const params = { path: { workerId }, header: { 'Idempotency-Key': sent.current.key } };
      await ask(api.POST('/api/v1/workers/{workerId}/affiliations', { params, body }));
      void client.invalidateQueries({ queryKey: ['person', workerId] });
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <p className="hint">{t(isTransfer ? 'place.transferAbout' : 'place.addAbout')}</p>
      <Choice
        label={t('place.kind')}
        name="kind"
        value={draft.kind}
        fault={fault('kind')}
        options={kinds.filter((one) => !isTransfer || one !== 'external').map((one) => [one, t(`place.kind.${one}`)])}
        onChoose={(value) => setDraft({ ...draft, kind: value as Kind })}
      />
      {isOutside ? (
        <Field
          label={t('place.externalName')}
          name="externalName"
          required
          value={draft.externalName}
          fault={fault('externalName')}
          onChange={(event) => setDraft({ ...draft, externalName: event.target.value })}
        />
      ) : (
        <OrganizationChoice
          label={t('people.organization')}
          required
          value={draft.organizationId}
          fault={fault('organizationId')}
          onChoose={(value) => setDraft({ ...draft, organizationId: value })}
        />
      )}
      <Field
        label={t('place.from')}
        name="from"
        type="date"
        required
        value={draft.from}
        fault={fault('from')}
        onChange={(event) => setDraft({ ...draft, from: event.target.value })}
      />
      <Field
        label={`${t('place.staffNumber')} ${t('log.optional')}`}
        name="staffNumber"
        value={draft.staffNumber}
        fault={fault('staffNumber')}
        onChange={(event) => setDraft({ ...draft, staffNumber: event.target.value })}
      />
      <Choice
        label={`${t('place.form')} ${t('log.optional')}`}
        name="employmentForm"
        value={draft.employmentForm}
        none={t('log.choose')}
        fault={fault('employmentForm')}
        options={framework.employmentForms.map((one) => [one.code, name(one)])}
        onChoose={(value) => setDraft({ ...draft, employmentForm: value })}
      />
      <Field
        label={`${t('place.occupationCode')} ${t('log.optional')}`}
        hint={t('place.occupationHint')}
        name="occupationCode"
        value={draft.occupationCode}
        fault={fault('occupationCode')}
        onChange={(event) => setDraft({ ...draft, occupationCode: event.target.value })}
      />
      {!isTransfer && !isOutside && (
        <p>
          <label className="check">
            <input type="checkbox" checked={draft.primary} onChange={(event) => setDraft({ ...draft, primary: event.target.checked })} />
            {t('place.makePrimary')}
          </label>
        </p>
      )}
      {error !== null && !isPlaced && (
        <p className="fault" role="alert">
          {failureText(error)}
        </p>
      )}
      <div className="buttons">
        <button type="submit" className="main" disabled={busy}>
          {busy ? t('waiting') : t(isTransfer ? 'place.transfer' : 'place.add')}
        </button>
        <button type="button" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
