import en from '../words/reports.en.json';
import zh from '../words/reports.zh.json';
import { wordsOf } from '../words/words';

export type ReportWord = keyof typeof zh & keyof typeof en;

export const useReportWords = wordsOf<ReportWord>({ zh, en });
