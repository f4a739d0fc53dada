import { type FormEvent, useRef, useState } from 'react';
import { api, ask } from '../api/client';
import type { Framework } from '../api/framework';
import { SubmitOrCancel } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { contentOfAffiliation, emptyAffiliation } from './affiliation';
import { AffiliationFields } from './AffiliationFields';
import { useWords } from './words';

interface Props {
  framework: Framework;
  workerId: string;
  /** The primary place of now ends the day before. */
  isTransfer: boolean;
  onClose: () => void;
  onDone: () => void;
}

export function NewAffiliation({ framework, workerId, isTransfer, onClose, onDone }: Props) {
  const { t } = useWords();
  const [draft, setDraft] = useState(() => emptyAffiliation(isTransfer));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useUnsaved(JSON.stringify(draft) !== JSON.stringify(emptyAffiliation(isTransfer)));
  const sent = useRef({ body: '', key: '' });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const body = { transfer: isTransfer, ...contentOfAffiliation(draft) };
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
    try {
      const params = { path: { workerId }, header: { 'Idempotency-Key': sent.current.key } };
      await ask(api.POST('/api/v1/workers/{workerId}/affiliations', { params, body }));
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <p className="hint">{t(isTransfer ? 'place.transferAbout' : 'place.addAbout')}</p>
      <AffiliationFields {...{ framework, draft, error }} mayBeOutside={!isTransfer} hasUntil={false} choosesPrimary={!isTransfer} onChange={setDraft} />
      <SubmitOrCancel busy={busy} onCancel={onClose}>
        {t(isTransfer ? 'place.transfer' : 'place.add')}
      </SubmitOrCancel>
    </form>
  );
}
