import { ApiError } from '../api/client';
import { failureText } from '../ui/Answers';

/** What the API says about a member of what was sent. */
export const faultIn = (error: unknown, member: string): string | undefined =>
  error instanceof ApiError ? error.problem?.errors?.find((one) => one.pointer === `/${member}`)?.detail : undefined;

/** What cannot be said beside an input. */
export const unplaced = (error: unknown, members: string[]): string =>
  error !== null && !members.some((member) => faultIn(error, member)) ? failureText(error) : '';
