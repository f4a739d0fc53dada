/** The day that it is in a time zone. */
export const todayIn = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());

/** The last day of the month before the one in which the day lies. */
export function monthEndBefore(day: string): string {
  const [year, month] = day.split('-').map(Number);
  return new Date(Date.UTC(year!, month! - 1, 0)).toISOString().slice(0, 10);
}

/** The last day of the same month so many years before; of what is no day, itself. */
export function yearsBefore(day: string, years: number): string {
  const [year, month] = day.split('-').map(Number);
  return Number.isNaN(Date.parse(day)) ? day : new Date(Date.UTC(year! - years, month!, 0)).toISOString().slice(0, 10);
}

/** How far a time zone is ahead of UTC at an instant, in milliseconds. */
function aheadBy(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(instant));
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1000) * 1000;
}

/** `2026-11-26T19:33` on a clock of the time zone, as an instant. */
export function instantOf(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local.slice(0, 16)}:00Z`);
  return new Date(asUtc - aheadBy(asUtc, timeZone)).toISOString();
}

/** An instant as a clock of the time zone shows it: `2026-11-26T19:33`. */
export function localOf(instant: string, timeZone: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? '' : new Date(at + aheadBy(at, timeZone)).toISOString().slice(0, 16);
}
