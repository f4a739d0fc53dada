import { useEffect, useState } from 'react';
import { ApiError, type Schemas } from '../api/client';
import { isWord, text, useWords } from '../words/words';
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

/** What went wrong and what to do: the API's own words where it answered. */
export function failureText(error: unknown): string {
  if (error instanceof PartMissing) return text('failure.part');
  if (!(error instanceof ApiError)) return text('failure.page');
  if (error.status === 0) return text('failure.network');
  if (error.status === 429) return text('failure.tooMany', { seconds: error.retryAfter ?? 60 });
  const faults = error.problem?.errors?.map(faultText) ?? [];
  const detail = faults.length > 0 ? [...new Set(faults)].join(' ') : error.problem?.detail;
  return detail ?? text('failure.status', { status: error.status });
}

/** What is wrong in the address is told by the name of its filter: it stands beside none. */
function faultText({ pointer, detail }: Schemas['ProblemFault']): string {
  const filter = `asked.${pointer.slice(1)}`;
  return pointer.startsWith('?') && isWord(filter) ? `${text(filter)}${text('colon')}${detail}` : detail;
}

export function Failure({ error, before = '', retry }: { error: unknown; before?: string; retry?: () => void }) {
  const { t } = useWords();
  return (
    <div className="failure" role="alert">
      <p>
        {before}
        {failureText(error)}
      </p>
      {retry && (
        <button type="button" onClick={retry}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}
