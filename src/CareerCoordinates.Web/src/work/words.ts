import { withWords } from '../words/words';
import en from './en.json';
import zh from './zh.json';

/** The words of those who record and verify: a worker does not load them. */
export const { useWords, text } = withWords({ zh, en });
