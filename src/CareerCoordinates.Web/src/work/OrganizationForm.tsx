import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { ApiError, api, ask, type Schemas } from '../api/client';
import { etagOf, useOrganizations } from '../api/questions';
import { failureText } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { Conflict } from '../ui/Conflict';
import { Dialog } from '../ui/Dialog';
import { DateField } from '../ui/DateField';
import { Field } from '../ui/Field';
import { Reason } from '../ui/Reason';
import { Submit } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { asWritten } from '../words/days';
import { OrganizationChoice } from './OrganizationChoice';
import { OrganizationPast } from './OrganizationPast';
import { useWords } from './words';

type Organization = Schemas['Organization'];
const kinds = ['district-federation', 'street-union', 'industry-union', 'enterprise-union', 'enterprise'] as const;

interface Draft {
  kind: Schemas['OrganizationKind'];
  name: string;
  parentId: string;
  from: string;
  creditCode: string;
  industryCode: string;
  unionFoundedOn: string;
  phone: string;
}

const draftOf = (one: Organization): Draft => ({
  kind: one.kind,
  name: one.name,
  parentId: one.parentId ?? '',
  from: one.from,
  creditCode: one.creditCode ?? '',
  industryCode: one.industryCode ?? '',
  unionFoundedOn: one.unionFoundedOn ?? '',
  phone: one.phone ?? '',
});

interface Props {
  /** The one under which a new one is to stand. */
  below: Organization | null;
  /** The one to be corrected. */
  one: Organization | null;
  onClose: () => void;
  onVoid: (one: Organization) => void;
  onDone: (saved: Organization) => void;
}

/** A new organisation, or one as it should have been recorded; a move holds from its day. */
export function OrganizationForm({ below, one, onClose, onVoid, onDone }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const organizations = useOrganizations().data?.items;
  const [base, setBase] = useState(one);
  const [draft, setDraft] = useState<Draft>(() =>
    one
      ? draftOf(one)
      : { kind: 'enterprise', name: '', parentId: below!.id, from: '', creditCode: '', industryCode: '', unionFoundedOn: '', phone: '' },
  );
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [now, setNow] = useState<Organization | null>(null);
  const [busy, setBusy] = useState(false);
  const [first] = useState(draft);
  useUnsaved(reason.trim() !== '' || JSON.stringify(draft) !== JSON.stringify(first));
  const sent = useRef({ body: '', key: '' });
  const faults = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  const fault = (member: string) => faults.find((found) => found.pointer === `/${member}`)?.detail;
  const isPlaced = faults.some((found) => found.pointer.slice(1) in draft);
  const set = (member: keyof Draft) => (event: { target: { value: string } }) => setDraft({ ...draft, [member]: event.target.value });
  const names: Record<keyof Draft, string> = {
    kind: t('orgs.kind'),
    name: t('orgs.name'),
    parentId: t('orgs.parent'),
    from: t('orgs.from'),
    creditCode: t('orgs.creditCode'),
    industryCode: t('orgs.industryCode'),
    unionFoundedOn: t('orgs.unionFoundedOn'),
    phone: t('orgs.phone'),
  };

  const record = () => {
    const body = {
      kind: draft.kind,
      name: draft.name.trim(),
      parentId: draft.parentId,
      from: asWritten(draft.from),
      creditCode: draft.creditCode.trim() || null,
      industryCode: draft.industryCode.trim() || null,
      unionFoundedOn: asWritten(draft.unionFoundedOn) || null,
      phone: draft.phone.trim() || null,
    };
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
    return ask(api.POST('/api/v1/organizations', { params: { header: { 'Idempotency-Key': sent.current.key } }, body }));
  };
  /** Only what was changed here: what somebody else changed elsewhere in it stays. */
  const change = (over: Organization) => {
    const before = draftOf(base!);
    const body: Record<string, string | null> = { reason: reason.trim() };
    for (const member of Object.keys(before) as (keyof Draft)[]) {
      const said = member === 'from' || member === 'unionFoundedOn' ? asWritten(draft[member]) : draft[member].trim();
      if (said !== before[member]) body[member] = said || null;
    }
    const params = { path: { organizationId: over.id }, header: { 'If-Match': etagOf(over) } };
    return ask(api.PATCH('/api/v1/organizations/{organizationId}', { params, body: body as Schemas['OrganizationPatch'] }));
  };
  const send = async (over: Organization | null) => {
    setBusy(true);
    setError(null);
    setNow(null);
    try {
      const saved = await (over ? change(over) : record());
      await client.invalidateQueries({ queryKey: ['organizations'] });
      onDone(saved);
    } catch (refused) {
      setBusy(false);
      if (!over || !(refused instanceof ApiError && refused.status === 412)) {
        setError(refused);
        return;
      }
      try {
        setNow(await ask(api.GET('/api/v1/organizations/{organizationId}', { params: { path: { organizationId: over.id } } })));
      } catch (failed) {
        setError(failed);
      }
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(base);
  };
  const said = (member: keyof Draft, value: string) => {
    if (member === 'kind') return t(`org.${value as Draft['kind']}`);
    if (member === 'parentId') return organizations?.find((other) => other.id === value)?.name ?? value;
    return value || '–';
  };

  return (
    <Dialog title={one ? t('orgs.correctOne', { name: one.name }) : t('orgs.addBelow', { name: below!.name })} onClose={onClose}>
      <form onSubmit={submit}>
        <Field label={names.name} name="name" required autoFocus value={draft.name} fault={fault('name')} onChange={set('name')} />
        <Choice
          label={names.kind}
          name="kind"
          value={draft.kind}
          fault={fault('kind')}
          options={kinds.map((kind) => [kind, t(`org.${kind}`)])}
          onChoose={(value) => setDraft({ ...draft, kind: value as Draft['kind'] })}
        />
        {one && (
          <OrganizationChoice
            label={names.parentId}
            required
            value={draft.parentId}
            fault={fault('parentId')}
            without={one.id}
            onChoose={(value) => setDraft({ ...draft, parentId: value })}
          />
        )}
        <DateField label={names.from} hint={t('orgs.fromHint')} name="from" required value={draft.from} fault={fault('from')} onChange={(from) => setDraft({ ...draft, from })} />
        <Field label={`${names.creditCode} ${t('log.optional')}`} name="creditCode" value={draft.creditCode} fault={fault('creditCode')} onChange={set('creditCode')} />
        <Field
          label={`${names.industryCode} ${t('log.optional')}`}
          hint={t('orgs.industryHint')}
          name="industryCode"
          value={draft.industryCode}
          fault={fault('industryCode')}
          onChange={set('industryCode')}
        />
        <DateField
          label={`${names.unionFoundedOn} ${t('log.optional')}`}
          name="unionFoundedOn"
          value={draft.unionFoundedOn}
          fault={fault('unionFoundedOn')}
          onChange={(unionFoundedOn) => setDraft({ ...draft, unionFoundedOn })}
        />
        <Field
          label={`${names.phone} ${t('log.optional')}`}
          hint={t('orgs.phoneHint')}
          name="phone"
          type="tel"
          value={draft.phone}
          fault={fault('phone')}
          onChange={set('phone')}
        />
        {one && <Reason label={t('orgs.reason')} value={reason} onChange={setReason} />}
        {error !== null && !isPlaced && (
          <p className="fault" role="alert">
            {failureText(error)}
          </p>
        )}
        {now && (
          <Conflict
            who={t('conflict.by', { account: now.recordedBy })}
            rows={(Object.keys(names) as (keyof Draft)[])
              .filter((member) => draftOf(now)[member] !== draft[member])
              .map((member) => ({ label: names[member], theirs: said(member, draftOf(now)[member]), mine: said(member, draft[member]) }))}
            mineIs="written"
            onMine={() => void send(now)}
            mineWords={t('conflict.takeMine')}
            onTheirs={() => {
              setBase(now);
              setDraft(draftOf(now));
              setNow(null);
            }}
          />
        )}
        <div className="buttons">
          <Submit busy={busy} disabled={now !== null}>
            {t('orgs.save')}
          </Submit>
          <button type="button" onClick={onClose}>
            {t('cancel')}
          </button>
          {one && (
            <button type="button" className="danger" onClick={() => onVoid(one)}>
              {t('act.void')}
            </button>
          )}
        </div>
      </form>
      {one && <OrganizationPast organizationId={one.id} />}
    </Dialog>
  );
}
