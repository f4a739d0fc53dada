import { language } from './words';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day, a month or a year as it was recorded: `2020-11-30`, `2020-11`, `1993`. */
export function dayText(written: string): string {
  const [year = '', month, day] = written.split('-');
  if (language() === 'zh') {
    return `${year}年${month ? `${Number(month)}月` : ''}${day ? `${Number(day)}日` : ''}`;
  }
  return [day && Number(day), month && months[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** An instant, in the framework's time zone. */
export function instantText(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language() === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(instant));
}

/** The last day of what was recorded: from then on it counts. */
export function lastDay(written: string): string {
  const [year, month, day] = written.split('-');
  if (day) return written;
  if (!month) return `${year}-12-31`;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return `${year}-${month}-${String(last).padStart(2, '0')}`;
}

const dayLength = 86_400_000;

export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / dayLength);

export const dayOf = (number: number): string => new Date(number * dayLength).toISOString().slice(0, 10);

/** Years from one day to another as a fraction, for drawing: what counts the API says. */
export const yearsBetween = (from: string, to: string): number => (dayNumber(to) - dayNumber(from)) / 365.2425;

/**
 * A day, a month or a year as people write it (2024-11-2, 2024/11/2, 2024.11.2, 20241102, 2024年11月2日) as it is recorded; null
 * where it cannot be read, or the calendar has no such day.
 */
export function writtenDay(typed: string): string | null {
  const said = typed.normalize('NFKC').replace(/\s/g, '');
  const parts = /^(\d{4})(\d{2})?(\d{2})?$/.exec(said) ?? /^(\d{4})[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})[日号]?)?)?)?$/.exec(said);
  if (!parts) return null;
  const [, year, month, day] = parts;
  const written = [year, month, day].flatMap((one) => (one === undefined ? [] : [one.padStart(2, '0')])).join('-');
  const last = lastDay(written);
  return Number(month ?? 1) >= 1 && Number(month ?? 1) <= 12 && dayOf(dayNumber(last)) === last ? written : null;
}

/** The same, or what was typed where it cannot be read: then the API says what is wrong. */
export const asWritten = (typed: string): string => writtenDay(typed) ?? typed.trim();

/** The day on which an instant falls there. */
export const dayIn = (instant: string | Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(instant));

export const todayIn = (timeZone: string): string => dayIn(new Date(), timeZone);

/** The time of day of an instant there. */
export const timeText = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(new Date(instant));
