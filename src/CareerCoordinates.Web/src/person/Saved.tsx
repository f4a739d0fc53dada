import { useLocation } from 'react-router';
import type { Schemas } from '../api/client';
import { Warnings } from './Warnings';

/** What a page is told by the one that led to it: that something was saved, and what to look at. */
export interface SavedState {
  saved: string;
  warnings: Schemas['Warning'][];
}

export function Saved({ workerId, isSelf }: { workerId: string; isSelf: boolean }) {
  const { state } = useLocation() as { state: Partial<SavedState> | null };
  if (!state?.saved) return null;
  return (
    <>
      <p className="note" role="status">
        {state.saved}
      </p>
      <Warnings {...{ workerId, isSelf }} warnings={state.warnings ?? []} />
    </>
  );
}
