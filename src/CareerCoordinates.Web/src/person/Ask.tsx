import type { Schemas } from '../api/client';
import { useNotice } from '../api/questions';
import { useWords } from '../words/words';

/** Whom to ask: the union and its telephone number; what the notice says where there is none. */
export function Ask({ steps }: { steps: Schemas['NextSteps'] | undefined }) {
  const { t, language } = useWords();
  const notice = useNotice();
  const ask = steps?.ask;
  if (!ask) return notice.data && <p>{t('opening.ask', { contact: notice.data[language].contact })}</p>;
  return (
    <p>
      {t('opening.ask', { contact: ask.name })}
      {ask.phone && (
        <>
          {t('and')}
          {t('opening.phone')} <a className="phone" href={`tel:${ask.phone.replace(/[^\d+]/g, '')}`}>{ask.phone}</a>
        </>
      )}
      {t('stop')}
    </p>
  );
}
