import { useCallback, useEffect, useId } from 'react';
import { useBlocker } from 'react-router';
import { text } from '../words/words';

/** The forms in which something is typed and not sent. */
const typedIn = new Set<string>();

/** Whether what is typed may be lost: asked where there is any. */
export const mayLeave = (): boolean => typedIn.size === 0 || confirm(text('unsaved'));

/** While something typed is not sent, the page is not left without a question. What it gives is called when it was sent. */
export function useUnsaved(isTyped: boolean): () => void {
  const id = useId();
  useEffect(() => {
    if (!isTyped) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    typedIn.add(id);
    addEventListener('beforeunload', ask);
    return () => {
      typedIn.delete(id);
      removeEventListener('beforeunload', ask);
    };
  }, [id, isTyped]);
  return useCallback(() => void typedIn.delete(id), [id]);
}

/** Asks once for the whole app, wherever one goes from a page: by a link, or back. */
export function Leaving() {
  // A jump within the page leaves nothing.
  const blocker = useBlocker(
    ({ currentLocation: from, nextLocation: to }) => typedIn.size > 0 && (from.pathname !== to.pathname || from.search !== to.search),
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    if (mayLeave()) blocker.proceed();
    else blocker.reset();
  }, [blocker]);
  return null;
}
