import type { Schemas } from '../api/client';
import { useWords } from '../words/words';
import { Facts } from './Facts';

/** What is recorded of oneself; an officer corrects it. */
export function OwnData({ person }: { person: Schemas['Worker'] }) {
  const { t } = useWords();
  return (
    <details className="card">
      <summary>{t('data.heading')}</summary>
      <Facts person={person} />
      {person.reason && <p>{t('data.lastReason', { reason: person.reason })}</p>}
      <p className="hint">{t('data.ownAbout')}</p>
    </details>
  );
}
