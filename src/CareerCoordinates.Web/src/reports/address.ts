import { useSearchParams } from 'react-router';
import type { Schemas } from '../api/client';

export type Counts = Schemas['CountsKind'];

/** By what a report may be narrowed, beside the organisation; in the address by the names that the API has for it. */
export const narrowing = ['employmentForm', 'stage', 'level', 'careerStartYear', 'industry', 'occupation'] as const;

/** What every report takes. */
export interface Common {
  knownAt?: string;
  organization?: string;
  industry?: string;
  occupation?: string;
  employmentForm?: string;
  stage?: string;
  level?: number;
  careerStartYear?: number;
  counts?: Counts;
}

/** The question as it stands in the address, so that a link is a report. */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  const get = (name: string): string | undefined => params.get(name) || undefined;
  /** What is no number is sent as it stands: the API says what it thinks of it. */
  const number = (name: string): number | undefined => {
    const given = get(name);
    return given === undefined ? undefined : Number.isNaN(Number(given)) ? (given as unknown as number) : Number(given);
  };
  const common: Common = {
    knownAt: get('knownAt'),
    organization: get('organization'),
    industry: get('industry'),
    occupation: get('occupation'),
    employmentForm: get('employmentForm'),
    stage: get('stage'),
    level: number('level'),
    careerStartYear: number('careerStartYear'),
    counts: get('counts') as Counts | undefined,
  };
  /** What is undefined or empty leaves the address. */
  const set = (changes: Record<string, string | undefined>) =>
    setParams(
      () => {
        // Of the address itself: two choices in a row may come before the page is drawn anew.
        const after = new URLSearchParams(location.search);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true },
    );
  return { params, get, number, common, set };
}
