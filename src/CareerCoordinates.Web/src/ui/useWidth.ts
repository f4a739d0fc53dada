import { useLayoutEffect, useRef, useState } from 'react';

/** How wide an element is, for drawings whose text keeps its size. */
export function useWidth<E extends Element>(first: number) {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([seen]) => seen && setWidth(Math.round(seen.contentRect.width)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}
