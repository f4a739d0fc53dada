import { useCallback, useEffect, useId } from 'react';
import { useBlocker } from 'react-router';
import { text } from '../words/words';

/** What would be lost by leaving, a form or a part of a page each, and the question that is asked then. */
const lost = new Map<string, string>();

/** Whether what is typed, or shown only once, may be lost: asked where there is any. */
export const mayLeave = (): boolean => [...new Set(lost.values())].every((question) => confirm(question));

/** While something would be lost, such as what is typed and not sent, the page is not left without a question. What it gives is called when it was sent. */
export function useUnsaved(isLost: boolean, question = text('unsaved')): () => void {
  const id = useId();
  useEffect(() => {
    if (!isLost) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    lost.set(id, question);
    addEventListener('beforeunload', ask);
    return () => {
      lost.delete(id);
      removeEventListener('beforeunload', ask);
    };
  }, [id, isLost, question]);
  return useCallback(() => void lost.delete(id), [id]);
}

/** Asks once for the whole app, wherever one goes from a page: by a link, or back. */
export function Leaving() {
  // A jump within the page leaves nothing.
  const blocker = useBlocker(
    ({ currentLocation: from, nextLocation: to }) => lost.size > 0 && (from.pathname !== to.pathname || from.search !== to.search),
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    if (mayLeave()) blocker.proceed();
    else blocker.reset();
  }, [blocker]);
  return null;
}
