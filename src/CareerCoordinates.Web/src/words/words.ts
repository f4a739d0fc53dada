import { useSyncExternalStore } from 'react';
import type { Named } from '../api/framework';
import en from './en.json';
import zh from './zh.json';

export type Language = 'zh' | 'en';
export type Word = keyof typeof zh & keyof typeof en;

const texts: Record<Language, Record<Word, string>> = { zh, en };
const key = 'language';
const listeners = new Set<() => void>();

/** Chinese, unless the browser would rather have English, or somebody chose it here before. */
function first(): Language {
  const chosen = localStorage.getItem(key);
  if (chosen === 'zh' || chosen === 'en') return chosen;
  const known = navigator.languages.map((one) => one.slice(0, 2).toLowerCase()).find((one) => one === 'zh' || one === 'en');
  return known === 'en' ? 'en' : 'zh';
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

export function text(word: Word, values: Values = {}): string {
  return fill(texts[current][word], values);
}

const fill = (words: string, values: Values) => words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

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

/** The words of a part of the app that not everybody loads, beside those of all. */
export function withWords<More extends string>(more: Record<Language, Record<More, string>>) {
  const say = (word: Word | More, values: Values = {}): string => fill((more[current] as Record<string, string>)[word] ?? texts[current][word as Word], values);
  return { text: say, useWords: () => ({ ...useWords(), t: say }) };
}

/** As a sentence begins; Chinese has no capitals. */
export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
