import { type FormEvent, useRef, useState } from 'react';
import { api, ask } from '../api/client';
import type { Framework } from '../api/framework';
import { SubmitOrCancel } from '../ui/Submit';
import { useUnsaved } from '../ui/useUnsaved';
import { type Affiliation, contentOfAffiliation, emptyAffiliation } from './affiliation';
import { AffiliationFields } from './AffiliationFields';
import { useWords } from './words';

interface Props {
  framework: Framework;
  workerId: string;
  /** The primary place of now ends the day before. */
  isTransfer: boolean;
  /** Where he is as the page shows it. */
  shown: Affiliation[];
  onClose: () => void;
  onDone: () => void;
}

const revisions = (items: Affiliation[]) => items.map((one) => `${one.id} ${one.revision}`).sort().join();

export function NewAffiliation({ framework, workerId, isTransfer, shown, onClose, onDone }: Props) {
  const { t } = useWords();
  const [draft, setDraft] = useState(() => emptyAffiliation(isTransfer));
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // What the page showed when the form was opened: it may be read anew behind it.
  const [before] = useState(() => revisions(shown));
  const [isOther, setOther] = useState(false);
  useUnsaved(JSON.stringify(draft) !== JSON.stringify(emptyAffiliation(isTransfer)));
  const sent = useRef({ body: '', key: '' });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const body = { transfer: isTransfer, ...contentOfAffiliation(draft) };
    const text = JSON.stringify(body);
    try {
      const now = await ask(api.GET('/api/v1/workers/{workerId}/affiliations', { params: { path: { workerId } } }));
      // A transfer leaves whatever is primary: that it is another one by now is for him to see who transfers.
      if (revisions(now.items) !== before && !isOther && sent.current.body !== text) {
        setOther(true);
        setBusy(false);
        return;
      }
      if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
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
      {isOther && (
        <p className="failure" role="alert">
          {t('place.otherNow')}
        </p>
      )}
      <SubmitOrCancel busy={busy} onCancel={onClose}>
        {t(isTransfer ? 'place.transfer' : 'place.add')}
      </SubmitOrCancel>
    </form>
  );
}
