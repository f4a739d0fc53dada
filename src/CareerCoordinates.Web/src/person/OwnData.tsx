import { Fragment } from 'react';
import type { Schemas } from '../api/client';
import { useWords } from '../words/words';
import { personalFacts } from './personalFacts';

/** What is recorded of oneself, for all days; an officer corrects it. */
export function OwnData({ person }: { person: Schemas['Worker'] }) {
  const { t } = useWords();
  return (
    <details className="card">
      <summary>{t('data.heading')}</summary>
      <dl className="facts">
        {personalFacts(person, t).map(([label, words]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{words ?? <span className="hint">{t('data.none')}</span>}</dd>
          </Fragment>
        ))}
      </dl>
      {person.reason && <p>{t('data.lastReason', { reason: person.reason })}</p>}
      <p className="hint">{t('data.ownAbout')}</p>
    </details>
  );
}
