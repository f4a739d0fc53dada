import { useEffect, useState } from 'react';
import { ApiError } from '../api/client';
import { text, useWords, type Word } from '../words/words';
import { PartMissing } from './part';

/** Said when a wait is long enough to be felt. */
export function Waiting() {
  const { t } = useWords();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const wait = setTimeout(() => setLong(true), 300);
    return () => clearTimeout(wait);
  }, []);
  return (
    <p className="waiting" role="status">
      {isLong && (
        <>
          <span className="spinner" aria-hidden="true" /> {t('waiting')}
        </>
      )}
    </p>
  );
}

/** Where the API speaks to programs, in words for people. */
const ownWords: Record<string, Word> = {
  'sign-in-needed': 'failure.signedOut',
  'antiforgery-needed': 'failure.signedOut',
  'not-allowed': 'failure.notAllowed',
  'from-after-to': 'failure.fromAfterTo',
  'known-at-in-future': 'failure.knownAtInFuture',
  'closed-known-at-only': 'failure.notClosed',
};

/** What went wrong and what to do: the API's own words where it answered. */
export function failureText(error: unknown): string {
  if (error instanceof PartMissing) return text('failure.part');
  if (!(error instanceof ApiError)) return text('failure.page');
  if (error.status === 0) return text('failure.network');
  const said = (code: string | undefined, detail: string | undefined) => (code && ownWords[code] ? text(ownWords[code]) : detail);
  const faults = error.problem?.errors?.map((one) => said(one.code, one.detail)) ?? [];
  const detail = faults.length > 0 ? [...new Set(faults)].join(' ') : said(error.problem?.code, error.problem?.detail);
  return detail ?? text('failure.status', { status: error.status });
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useWords();
  return (
    <div className="failure" role="alert">
      <p>{failureText(error)}</p>
      {retry && (
        <button type="button" onClick={retry}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}
