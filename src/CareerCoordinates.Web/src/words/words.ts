import { useSyncExternalStore } from 'react';
import type { Named } from '../api/framework';
import en from './en.json';
import zh from './zh.json';

export type Language = 'zh' | 'en';
export type Word = keyof typeof zh & keyof typeof en;

/** Whether there is a word for a code of the API. */
export const isWord = (word: string): word is Word => word in zh;

const texts: Record<Language, Record<Word, string>> = { zh, en };
const key = 'language';
const listeners = new Set<() => void>();

/** The one of ours that the browser likes best; undefined where it names neither. */
export const languageOfBrowser = () =>
  navigator.languages.map((one) => one.toLowerCase().split('-')[0]).find((one): one is Language => one === 'zh' || one === 'en');

/** Chinese, unless the browser would rather have English, or somebody chose it here before. */
function first(): Language {
  const chosen = localStorage.getItem(key);
  return chosen === 'zh' || chosen === 'en' ? chosen : (languageOfBrowser() ?? 'zh');
}

let current: Language = first();
apply();

function apply() {
  document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en';
}

export const language = (): Language => current;

export function choose(wanted: Language) {
  current = wanted;
  localStorage.setItem(key, wanted);
  apply();
  listeners.forEach((tell) => tell());
}

export type Values = Record<string, string | number>;

const filled = (template: string, values: Values) =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

export function text(word: Word, values: Values = {}): string {
  return filled(texts[current][word], values);
}

/** The words of a part of the app, which come with that part; those of the whole app are among them. */
export function wordsOf<W extends string>(own: Record<Language, Record<W, string>>) {
  const say = (word: W | Word, values: Values = {}): string =>
    word in own[current] ? filled(own[current][word as W], values) : text(word as Word, values);
  return () => ({ ...useWords(), t: say });
}

/** The words of the language that is shown; a component that uses it is drawn anew when that changes. */
export function useWords() {
  const shown = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => current,
  );
  return {
    language: shown,
    t: text,
    /** The name that the framework gives; the code where it has none. */
    name: (named: Named | undefined | null, code = '') => (named ? named[shown] : code),
  };
}

/** As a sentence begins; Chinese has no capitals. */
export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
