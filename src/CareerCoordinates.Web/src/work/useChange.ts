import { useState } from 'react';
import { ApiError } from '../api/client';

/** A change against what was read; where somebody else was faster, `now` is what he made of it. */
export function useChange<T>(read: () => Promise<T>) {
  const [error, setError] = useState<unknown>(null);
  const [now, setNow] = useState<T | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (change: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    setNow(null);
    try {
      await change();
    } catch (refused) {
      setBusy(false);
      if (!(refused instanceof ApiError && refused.status === 412)) {
        setError(refused);
        return;
      }
      try {
        setNow(await read());
      } catch (failed) {
        setError(failed);
      }
    }
  };
  return { error, now, busy, send, settle: () => setNow(null) };
}
