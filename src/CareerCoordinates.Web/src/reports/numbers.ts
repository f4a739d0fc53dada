import { language } from '../words/words';

const tag = () => (language() === 'zh' ? 'zh-CN' : 'en-GB');

/** A count as it was told: a number, or such as `<10`. */
export type Count = number | string;

export const numberText = (number: number, decimals = 0): string =>
  number.toLocaleString(tag(), { maximumFractionDigits: decimals });

/** A duration as the API says it in its sentences, with one decimal. */
export const durationText = (years: number): string => years.toLocaleString(tag(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** The sign says which way it went, zero included. */
export const changeText = (change: number, decimals = 4): string =>
  change.toLocaleString(tag(), { maximumFractionDigits: decimals, signDisplay: 'exceptZero' });

/** How many points of a hundred a share has changed. */
export const shareChangeText = (change: number): string => changeText(change * 100, 2);

export const shareText = (share: number): string => share.toLocaleString(tag(), { style: 'percent', maximumFractionDigits: 0 });

/** A share that is a figure, as a workbook shows it. */
export const exactShareText = (share: number): string => share.toLocaleString(tag(), { style: 'percent', maximumFractionDigits: 2 });

export const isShown = (count: Count | null | undefined): count is number => typeof count === 'number';
