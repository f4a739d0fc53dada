import { Fragment } from 'react';
import type { Schemas } from '../api/client';
import { useWords } from '../words/words';
import { personalFacts } from './personalFacts';

/** What is recorded of a person, for all days. */
export function Facts({ person }: { person: Schemas['Worker'] }) {
  const { t } = useWords();
  return (
    <dl className="facts">
      {personalFacts(person, t).map(([label, words]) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{words ?? <span className="hint">{t('data.none')}</span>}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
