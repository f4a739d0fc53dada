import { useLayoutEffect, useRef, useState } from 'react';

/** How wide an element is, for drawings whose text keeps its size; `first` until it was measured. */
export function useWidth<E extends Element>(first: number) {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const seen = element.current;
    if (!seen) return;
    // Out of sight, as while another part of the page is loaded, it has no width: what was drawn stays as it was.
    const tell = (now: number) => now > 0 && setWidth(Math.round(now));
    tell(seen.clientWidth);
    const observer = new ResizeObserver(([entry]) => entry && tell(entry.contentRect.width));
    observer.observe(seen);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}
