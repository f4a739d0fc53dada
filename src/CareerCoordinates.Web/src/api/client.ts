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
  /** Whether another tab has signed in. */
  isTold: (event: StorageEvent) => event.key === antiforgeryKey && event.newValue !== null,
};

/** Called when an answer says that nobody is signed in any more. */
export const signedOut = { tell: () => {} };

/** Answers that are the same in each language. */
const isOfNoLanguage = /^\/api\/v1\/(me|notice|frameworks)(\/|$)/;

/**
 * Whether what the HTML asked may be taken: it was asked for whoever was signed in then. After a refusal for want of a sign-in, and after
 * a sign-in or any other write, the same question is asked anew.
 */
let takesAsked = true;

const headers: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') takesAsked = false;
    const isAsTheBrowserAsks = language() === languageOfBrowser() || isOfNoLanguage.test(new URL(request.url).pathname);
    if (!isAsTheBrowserAsks) request.headers.set('Accept-Language', language() === 'zh' ? 'zh-CN' : 'en');
    const token = localStorage.getItem(antiforgeryKey);
    if (token && request.method !== 'GET') request.headers.set('X-Antiforgery-Token', token);
    // With other credentials no browser takes what was asked before, whatever the headers; to this server both are the same.
    return request.method !== 'GET' || (takesAsked && isAsTheBrowserAsks) ? request : new Request(request, { credentials: 'include' });
  },
  onResponse({ response, request }) {
    if (response.status !== 401) return;
    takesAsked = false;
    if (!/\/(sign-in(:[a-z-]+)?|claims)$/.test(new URL(request.url).pathname)) signedOut.tell();
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
