import { type FormEvent, useMemo, useRef, useState } from 'react';
import { api, ask, type Schemas } from '../api/client';
import { type Framework, meets, type MilestoneType } from '../api/framework';
import { useMilestones } from '../api/questions';
import { Submit } from '../ui/Submit';
import { mayLeave, useUnsaved } from '../ui/useUnsaved';
import { lastDay, writtenDay } from '../words/days';
import { useWords } from '../words/words';
import { contentOf, type Draft, emptyDraft, typedValues } from './draft';
import { MilestoneFields } from './MilestoneFields';
import { Grants, MilestonePreview } from './MilestonePreview';
import { Warnings, warningsBefore } from '../person/Warnings';

interface Props {
  framework: Framework;
  type: MilestoneType;
  workerId: string;
  isSelf: boolean;
  careerStart: string | null;
  today: string;
  onOther: () => void;
  onSaved: (warnings: Schemas['Warning'][]) => void;
}

/** The form that draws itself from the type, and shows at once what it would give. */
export function MilestoneForm({ framework, type, workerId, isSelf, careerStart, today, onOther, onSaved }: Props) {
  const { t, name } = useWords();
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(type));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const sent = useRef({ body: '', key: '' });
  useUnsaved(draft.on !== '' || Object.keys(draft.values).length > 0);

  const grants = useMemo(() => {
    const attributes = typedValues(type, draft.values);
    return type.grants.filter((grant) => meets(grant.when.all, attributes));
  }, [type, draft.values]);
  // Others can be looked for by those who keep people; a worker leaves that to them.
  const isFilled = type.attributes.every((one) => !one.required || (draft.values[one.code] ?? '') !== '');
  const on = writtenDay(draft.on);
  const milestones = useMilestones(workerId).data ?? [];
  const asked = type.attributes.filter((one) => !isSelf || one.type !== 'ref' || one.required);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const body = { type: type.code, ...contentOf(type, draft) };
    // The same content again is the same record, however often a lost connection makes one send it.
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
    try {
      const header = { 'Idempotency-Key': sent.current.key };
      const made = await ask(api.POST('/api/v1/workers/{workerId}/milestones', { params: { path: { workerId }, header }, body }));
      onSaved(made.warnings);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  return (
    <div className="two-columns">
      <form className="card" onSubmit={(event) => void submit(event)}>
        <div className="dialog-head">
          <h2>{name(type)}</h2>
          <button type="button" className="quiet" onClick={() => mayLeave() && onOther()}>
            {t('log.otherType')}
          </button>
        </div>
        {type.note && <p className="hint">{name(type.note)}</p>}
        <MilestoneFields {...{ framework, type, draft, error }} attributes={asked} onChange={setDraft} />
        <Submit busy={busy}>
          {t('log.save')}
        </Submit>
      </form>
      <div>
        {on !== null && <Warnings {...{ workerId, isSelf }} warnings={warningsBefore(type, contentOf(type, draft), milestones, careerStart)} />}
        {(type.grants.length === 0 || grants.length > 0 || isFilled) && <Grants {...{ framework, workerId, grants }} />}
        {on !== null && lastDay(on) <= today && <MilestonePreview {...{ framework, type, workerId, careerStart, today, grants, on }} />}
      </div>
    </div>
  );
}
