import type { Schemas } from '../api/client';
import { type Count, isShown } from './numbers';

export type Group = Schemas['TimeGroup'];

/** At which the API counts a year, in days. */
const daysOfYear = 365.25;

export const yearsOf = (time: number, unit: string) => (unit === 'days' ? time / daysOfYear : time);

export interface Within {
  /** The year for which it is told: the one asked for, or for protected counts the next that is. */
  year: number;
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
      year: years,
      arrived: before.reduce((sum, point) => sum + Number(point.events), 0),
      share: last ? 1 - last.survival : 0,
      lower: last?.upper == null ? null : 1 - last.upper,
      upper: last?.lower == null ? null : 1 - last.lower,
    };
  }
  // Protected: the events of small years are told with a later one.
  const at = last && yearsOf(last.time, unit) === years ? last : points.find((point) => yearsOf(point.time, unit) > years);
  const told = at ?? last;
  if (!told) return null;
  const counted = points.slice(0, points.indexOf(told) + 1);
  const isWhole = counted.every((point) => isShown(point.events));
  return {
    year: yearsOf(told.time, unit),
    arrived: isWhole ? counted.reduce((sum, point) => sum + Number(point.events), 0) : 'hidden',
    share: 1 - told.survival,
    lower: null,
    upper: null,
  };
}

/** The points at which the numbers at risk are written below the curve: a few, evenly spread. */
export function risksOf(group: Group, unit: string, end: number, most: number) {
  const chosen: { x: number; atRisk: Count }[] = [];
  for (const point of group.curve) {
    const x = yearsOf(point.time, unit);
    const before = chosen.at(-1);
    if (!before || x - before.x >= end / most) chosen.push({ x, atRisk: point.atRisk });
  }
  return chosen;
}

/** Round steps of an axis of years. */
export function ticksOf(end: number, most: number): number[] {
  const step = [1, 2, 5, 10, 20].find((one) => end / one <= most) ?? 50;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, at) => at * step);
}
