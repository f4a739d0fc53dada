import { wordsOf } from '../words/words';
import en from '../words/work.en.json';
import zh from '../words/work.zh.json';

/** The words of those who record and verify: a worker does not load them. */
export const useWords = wordsOf({ zh, en });

/** How a component says something. */
export type Say = ReturnType<typeof useWords>['t'];
