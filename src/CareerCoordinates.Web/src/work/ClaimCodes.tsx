import { type FormEvent, useState } from 'react';
import { api, ask, type Schemas } from '../api/client';
import { useCurrentFramework } from '../api/questions';
import { Failure, failureText, Waiting } from '../ui/Answers';
import { Submit } from '../ui/Submit';
import { useTitle } from '../ui/useTitle';
import { mayLeave, useUnsaved } from '../ui/useUnsaved';
import { instantText } from '../words/days';
import { OrganizationChoice } from './OrganizationChoice';
import { useWords } from './words';

type Slip = Schemas['ClaimCode'];

/** Codes for the people of a unit who have no account yet: told once, printed, cut up and handed out. */
export function ClaimCodes() {
  const { t } = useWords();
  useTitle(t('codes.heading'));
  const framework = useCurrentFramework();
  const [organizationId, setOrganization] = useState('');
  const [again, setAgain] = useState(false);
  const [sheet, setSheet] = useState<Schemas['ClaimSheet'] | null>(null);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const [isPrinted, setPrinted] = useState(false);
  // They are told once: who leaves without them has to make others.
  useUnsaved(!isPrinted && (sheet?.items.length ?? 0) > 0, t('codes.leave'));
  if (framework.isLoadingError) return <Failure error={framework.error} retry={() => void framework.refetch()} />;
  if (!framework.data) return <Waiting />;

  const make = async (after?: string) => {
    if (!mayLeave()) return;
    setBusy(true);
    setFault('');
    try {
      const params = { path: { organizationId }, query: { again: again || undefined, after } };
      const answer = await ask(api.POST('/api/v1/organizations/{organizationId}/claim-codes', { params, headers: { Accept: 'application/json' } }));
      setSheet(answer as Schemas['ClaimSheet']);
      setPrinted(false);
    } catch (error) {
      setFault(failureText(error));
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void make();
  };

  return (
    <>
      <h1 className="screen-only">{t('codes.heading')}</h1>
      <form className="card screen-only" onSubmit={submit}>
        <p className="hint">{t('codes.about')}</p>
        <OrganizationChoice label={t('people.organization')} value={organizationId} required onChoose={setOrganization} />
        <p>
          <label className="check">
            <input type="checkbox" checked={again} onChange={(event) => setAgain(event.target.checked)} />
            {t('codes.again')}
          </label>
        </p>
        {fault && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        <Submit busy={busy} disabled={!organizationId}>
          {t('codes.make')}
        </Submit>
      </form>
      {sheet && (
        <div className="screen-only note" role="status">
          <p>{sheet.items.length === 0 ? t('codes.none') : t('codes.made', { number: sheet.items.length })}</p>
          {sheet.items.length > 0 && (
            <PrintSlips onPrinted={() => setPrinted(true)} />
          )}
          {sheet.remaining > 0 && (
            <p>
              {t('codes.remaining', { number: sheet.remaining })}{' '}
              <button type="button" disabled={busy} onClick={() => void make(again ? (sheet.lastId ?? undefined) : undefined)}>
                {t('codes.next')}
              </button>
            </p>
          )}
        </div>
      )}
      {sheet && <Slips slips={sheet.items} timeZone={framework.data.timeZone} />}
    </>
  );
}

export function PrintSlips({ onPrinted }: { onPrinted: () => void }) {
  const { t } = useWords();
  const printNow = () => {
    print();
    onPrinted();
  };
  return (
    <button type="button" className="main" onClick={printNow}>
      {t('print')}
    </button>
  );
}

export function Slips({ slips, timeZone }: { slips: Slip[]; timeZone: string }) {
  const { t } = useWords();
  return (
    <ul className="slips">
      {slips.map((slip) => (
        <li key={slip.workerId} className="slip">
          <div>
            <p className="slip-name">{slip.name}</p>
            {slip.staffNumber && <p>{t('codes.staffNumber', { number: slip.staffNumber })}</p>}
            <p>
              {t('codes.code')} <span className="slip-code">{slip.code}</span>
            </p>
            <p>{t('codes.until', { at: instantText(slip.endsAt, timeZone) })}</p>
            <p>{slip.account ? t('codes.whatToDoAgain', { link: slip.link.split('#')[0]!, account: slip.account }) : t('codes.whatToDo', { link: slip.link.split('#')[0]! })}</p>
          </div>
          <Qr drawn={slip.qr} />
        </li>
      ))}
    </ul>
  );
}

/** The code as the API draws it: the path of its dark squares, taken out of the picture. */
function Qr({ drawn }: { drawn: string }) {
  const picture = new DOMParser().parseFromString(drawn, 'image/svg+xml').documentElement;
  return (
    <svg className="qr" viewBox={picture.getAttribute('viewBox') ?? undefined} shapeRendering="crispEdges" aria-hidden="true">
      <path d={[...picture.querySelectorAll('path')].at(-1)?.getAttribute('d') ?? ''} />
    </svg>
  );
}
