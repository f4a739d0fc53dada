import en from '../words/admin.en.json';
import zh from '../words/admin.zh.json';
import { wordsOf } from '../words/words';

export type AdminWord = keyof typeof zh & keyof typeof en;

export const useAdminWords = wordsOf<AdminWord>({ zh, en });
