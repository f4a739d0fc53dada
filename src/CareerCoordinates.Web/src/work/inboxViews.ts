import type { Schemas } from '../api/client';
import { dayNumber, dayOf } from '../words/days';

/** What an inbox can show. */
export const views = ['submitted', 'returned', 'rejected', 'contested', 'expiring'] as const;
export type View = (typeof views)[number];

/** Terms that run out within so many days are to be looked at. */
export const daysAhead = 90;

interface Asked {
  state?: Schemas['MilestoneState'];
  contested?: boolean;
  untilFrom?: string;
  untilTo?: string;
}

/** The same as the API is asked for it. */
export function askedOf(view: View): Asked {
  switch (view) {
    case 'contested':
      return { contested: true };
    case 'expiring': {
      const today = new Date().toISOString().slice(0, 10);
      return { state: 'verified', untilFrom: today, untilTo: dayOf(dayNumber(today) + daysAhead) };
    }
    default:
      return { state: view };
  }
}
