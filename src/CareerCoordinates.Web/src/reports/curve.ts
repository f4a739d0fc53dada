import type { Schemas } from '../api/client';
import { type Count, isShown } from './numbers';

export type Group = Schemas['TimeGroup'];

/** At which the API counts a year, in days. */
const daysOfYear = 365.25;

export const yearsOf = (time: number, unit: string) => (unit === 'days' ? time / daysOfYear : time);

export interface Within {
  /** The years for which it is told: those asked for, or for protected counts the nearest that are. */
  years: number;
  /** Of those who started, how many had arrived. */
  arrived: Count;
  /** The share that had arrived, those still on their way counted as long as they were seen. */
  share: number;
  lower: number | null;
  upper: number | null;
}

/** How many had arrived within so many years; null where it is not told. */
export function within(group: Group, unit: string, years: number): Within | null {
  const points = group.curve;
  const before = points.filter((point) => yearsOf(point.time, unit) <= years);
  const last = before.at(-1);
  if (unit === 'days') {
    return {
      years,
      arrived: before.reduce((sum, point) => sum + Number(point.events), 0),
      share: last ? 1 - last.survival : 0,
      lower: last?.upper == null ? null : 1 - last.upper,
      upper: last?.lower == null ? null : 1 - last.lower,
    };
  }
  // Protected: the events of small years are told with a later one.
  const told = points.find((point) => point.time >= years) ?? last;
  if (!told) return null;
  const counted = points.slice(0, points.indexOf(told) + 1);
  const isWhole = counted.every((point) => isShown(point.events));
  return {
    years: told.time,
    arrived: isWhole ? counted.reduce((sum, point) => sum + Number(point.events), 0) : 'hidden',
    share: 1 - told.survival,
    lower: null,
    upper: null,
  };
}

/** The year after which a point of protected counts begins: at its end those at risk were counted. */
export const sinceOf = (curve: Group['curve'], at: number): number => curve[at - 1]?.time ?? 0;

/** The years under which the numbers at risk stand: those of the axis; for protected counts those for which any is told. */
export function riskYears(groups: Group[], unit: string, ticks: number[]): number[] {
  if (unit === 'days') return ticks;
  const told = [...new Set(groups.flatMap(({ curve }) => curve.map((_, at) => sinceOf(curve, at))))].sort((a, b) => a - b);
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  return told.reduce<number[]>((chosen, year) => (chosen.length === 0 || year - chosen.at(-1)! >= step ? [...chosen, year] : chosen), []);
}

/** Who was still on the way after so many years: just before the next arrival, or for protected counts when the year was over; null where it is not told. */
export function atRisk({ curve, workers }: Group, unit: string, years: number): Count | null {
  if (years === 0) return workers;
  const next = unit === 'days' ? curve.find((point) => yearsOf(point.time, unit) >= years) : curve.find((_, at) => sinceOf(curve, at) === years);
  return next?.atRisk ?? null;
}

/** Round steps of an axis of years. */
export function ticksOf(end: number, most: number): number[] {
  const step = [1, 2, 5, 10, 20].find((one) => end / one <= most) ?? 50;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, at) => at * step);
}
