import { notifyManager, type Query, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { ApiError } from '../api/client';
import { useWords } from '../words/words';
import { Failure } from './Answers';

/** Asked for again without an answer; whoever has to sign in again is told so elsewhere. */
const failedAgain = ({ state }: Query) =>
  state.status === 'error' && state.data !== undefined && !(state.error instanceof ApiError && state.error.status === 401);

/** What is shown stays where it could not be asked for again, with all that is open or typed in it: that it may be old is said above it. */
export function NotRenewed() {
  const { t } = useWords();
  const client = useQueryClient();
  const cache = client.getQueryCache();
  const failed = { type: 'active', predicate: failedAgain } as const;
  const error = useSyncExternalStore(
    (tell) => cache.subscribe(notifyManager.batchCalls(tell)),
    () => cache.findAll(failed)[0]?.state.error ?? null,
  );
  if (!error) return null;
  return (
    <div className="not-renewed">
      <Failure error={error} before={t('failure.old')} retry={() => void client.refetchQueries(failed)} />
    </div>
  );
}
