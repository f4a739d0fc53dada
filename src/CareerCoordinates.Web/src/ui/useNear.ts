import { type RefObject, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** So many items come and go together. */
export const groupSize = 25;

/** Up to here a list is drawn whole. */
const longest = 4 * groupSize;

/** A short list is one. */
export const groupsOf = <T,>(items: T[]): T[][] =>
  items.length <= longest ? [items] : Array.from({ length: Math.ceil(items.length / groupSize) }, (_, at) => items.slice(at * groupSize, (at + 1) * groupSize));

/** Whether all of a list is drawn: a short one always, and any on paper. */
export function useWhole(length: number): boolean {
  const [isPrinted, setPrinted] = useState(false);
  useEffect(() => {
    // Before the browser takes the page as it is.
    const begin = () => flushSync(() => setPrinted(true));
    const end = () => setPrinted(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return length <= longest || isPrinted;
}

/** As many items are drawn once to know their height; that of the rest is a guess until one is near them. */
const measured = 500;

/**
 * For a group of a long list: null while it is in or near the window, else the height that stands for it.
 * Whoever has the focus in it does not lose it.
 * @param first Where in the list it begins.
 */
export function useNear<E extends HTMLElement>(isWhole: boolean, first: number, guess: number): [RefObject<E | null>, number | null] {
  const element = useRef<E>(null);
  const [gap, setGap] = useState<number | null>(first < measured ? null : guess);
  useEffect(() => {
    const group = element.current;
    // The first group is always there: by the Tab key one comes to it from wherever one was before.
    if (isWhole || first === 0 || !group) return;
    const near = { rootMargin: '600px 0px', scrollMargin: '600px 0px' };
    const observer = new IntersectionObserver((seen) => {
      const { isIntersecting, boundingClientRect } = seen.at(-1)!;
      if (isIntersecting) setGap(null);
      // In what is folded nothing has a height.
      else if (!group.contains(document.activeElement)) setGap(boundingClientRect.height || guess);
    }, near);
    observer.observe(group);
    return () => observer.disconnect();
  }, [isWhole, first, guess]);
  return [element, isWhole ? null : gap];
}
