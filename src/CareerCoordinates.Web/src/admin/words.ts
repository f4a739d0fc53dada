import en from '../words/admin.en.json';
import zh from '../words/admin.zh.json';
import { wordsOf } from '../words/words';

export type AdminWord = keyof typeof zh & keyof typeof en;

export const useAdminWords = wordsOf<AdminWord>({ zh, en });

/** Whether there is a word for a code of the API; a newer one stands for itself. */
export const hasWord = (word: string): word is AdminWord => word in zh;

/** What the trail can be asked for. */
export const actions = Object.keys(zh)
  .filter((word) => word.startsWith('action.'))
  .map((word) => word.slice('action.'.length));
