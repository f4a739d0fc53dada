import type { Schemas } from '../api/client';
import { dayText } from '../words/days';
import type { text } from '../words/words';

/** How a worker's data are called and said, in the order of the page. */
export const personalFacts = (one: Schemas['Worker'], t: typeof text): [label: string, words: string | null][] => [
  [t('people.name'), one.name],
  [t('people.number'), one.number],
  [t('people.start'), one.careerStart && dayText(one.careerStart)],
  [t('people.birth'), one.birthDate && dayText(one.birthDate)],
  [t('people.gender'), one.gender === null ? null : t(one.gender === 'female' ? 'people.female' : 'people.male')],
  [t('data.migrant'), one.migrantWorker === null ? null : t(one.migrantWorker ? 'yes' : 'no')],
  [t('people.idNumber'), one.idNumber],
];
