import { useEffect } from 'react';

/** While something typed is not sent, the browser asks before it leaves the page. */
export function useUnsaved(isTyped: boolean) {
  useEffect(() => {
    if (!isTyped) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isTyped]);
}
