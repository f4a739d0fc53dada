import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import type { Schemas } from '../api/client';
import { useRecord } from '../api/questions';
import { Dialog } from '../ui/Dialog';
import { dayText } from '../words/days';
import { CorrectPersonalData } from './CorrectPersonalData';
import { type Say, useWords } from './words';

/** How a worker's data are called and said, in the order of the page. */
export const personalFacts = (one: Schemas['Worker'], t: Say): [label: string, words: string | null][] => [
  [t('people.name'), one.name],
  [t('people.number'), one.number],
  [t('people.start'), one.careerStart && dayText(one.careerStart)],
  [t('people.birth'), one.birthDate && dayText(one.birthDate)],
  [t('people.gender'), one.gender === null ? null : t(one.gender === 'female' ? 'people.female' : 'people.male')],
  [t('data.migrant'), one.migrantWorker === null ? null : t(one.migrantWorker ? 'yes' : 'no')],
  [t('people.idNumber'), one.idNumber],
];

/** What is recorded of the person, for all days; his officer corrects it. */
export function PersonalData({ workerId, keeps }: { workerId: string; keeps: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const worker = useRecord(workerId).data?.person.at(-1);
  if (!worker || worker.erased) return null;
  const renew = () => client.invalidateQueries({ queryKey: ['person', workerId] });
  return (
    <section aria-labelledby="data">
      <h2 id="data">{t('data.heading')}</h2>
      {done && (
        <p className="note" role="status">
          {t('data.corrected')}
        </p>
      )}
      <div className="card">
        <dl className="facts">
          {personalFacts(worker, t).map(([label, words]) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd>{words ?? <span className="hint">{t('data.none')}</span>}</dd>
            </Fragment>
          ))}
        </dl>
        {keeps && (
          <button type="button" aria-label={t('data.correct')} onClick={() => setOpen(true)}>
            {t('correct.open')}
          </button>
        )}
      </div>
      {isOpen && (
        <Dialog
          title={t('data.correct')}
          onClose={() => {
            setOpen(false);
            void renew();
          }}
        >
          <CorrectPersonalData
            worker={worker}
            onClose={() => setOpen(false)}
            onDone={() => {
              void renew();
              setOpen(false);
              setDone(true);
            }}
          />
        </Dialog>
      )}
    </section>
  );
}
