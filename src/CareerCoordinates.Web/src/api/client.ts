import createClient, { type Middleware } from 'openapi-fetch';
import { language, languageOfBrowser } from '../words/words';
import { said } from './said';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

/** What went wrong, in the words of the API; `problem` is null where no answer came at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | null,
    readonly retryAfter: number | null = null,
  ) {
    super(problem?.detail ?? '');
  }
}

const antiforgeryKey = 'antiforgery';

/** Told once, at the sign-in; every tab of the sign-in sends it with its writes. */
export const antiforgery = {
  set: (token: string) => localStorage.setItem(antiforgeryKey, token),
  forget: () => localStorage.removeItem(antiforgeryKey),
};

/** Called when an answer says that nobody is signed in any more. */
export const signedOut = { tell: () => {} };

/** The HTML asked these already, as a browser asks, and the answer is the same in each language: only without a header of our own it is the same question. */
const mayBeAsked = /^\/api\/v1\/(me|notice|frameworks)(\/|$)/;

const headers: Middleware = {
  onRequest({ request }) {
    const isAsked = request.method === 'GET' && mayBeAsked.test(new URL(request.url).pathname);
    // Said only where the browser says another: a report, too, may be asked already.
    if (!isAsked && language() !== languageOfBrowser()) request.headers.set('Accept-Language', language() === 'zh' ? 'zh-CN' : 'en');
    const token = localStorage.getItem(antiforgeryKey);
    if (token && request.method !== 'GET') request.headers.set('X-Antiforgery-Token', token);
    return request;
  },
  onResponse({ response, request }) {
    const isSigningIn = /\/(sign-in(:[a-z-]+)?|claims)$/.test(new URL(request.url).pathname);
    if (response.status === 401 && !isSigningIn) signedOut.tell();
  },
};

export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
api.use(headers);

const inWords = (problem: Problem): Problem => ({
  ...problem,
  detail: said(problem.code, problem.detail),
  errors: problem.errors?.map((one) => ({ ...one, detail: said(one.code, one.detail) })) ?? null,
});

/** The answer's body, or an `ApiError`. */
export async function ask<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let answer;
  try {
    answer = await call;
  } catch {
    throw new ApiError(0, null);
  }
  const { data, error, response } = answer;
  if (response.ok) return data as T;
  const wait = Number(response.headers.get('Retry-After'));
  const problem = error !== null && typeof error === 'object' && 'code' in error ? inWords(error as Problem) : null;
  throw new ApiError(response.status, problem, Number.isFinite(wait) && wait > 0 ? wait : null);
}

/** The address of a file that a link gives: checked against the contract as the questions are. */
export function addressOf<P extends keyof paths>(path: P, values: Record<string, string>, query: Record<string, string> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const asked = new URLSearchParams(query).toString();
  return asked ? `${filled}?${asked}` : filled;
}
