import type { ReactNode } from 'react';
import { groupSize, groupsOf, useNear, useWhole } from './useNear';

interface Props<T> {
  className?: string;
  items: T[];
  /** About how high one is. */
  height: number;
  /** An item, as a `li` with a key. */
  children: (item: T) => ReactNode;
}

/** A list that may have very many items: those far from the window are not in the page. */
export function LongList<T>({ items, ...list }: Props<T>) {
  const isWhole = useWhole(items.length);
  return groupsOf(items).map((group, at) => <Items key={at} {...list} {...{ group, isWhole }} first={at * groupSize} />);
}

function Items<T>({ className, group, first, isWhole, height, children }: Omit<Props<T>, 'items'> & { group: T[]; first: number; isWhole: boolean }) {
  const [element, gap] = useNear<HTMLUListElement>(isWhole, first, group.length * height);
  return (
    <ul ref={element} className={`long-list ${className ?? ''}`} aria-hidden={gap !== null || undefined} style={gap === null ? undefined : { height: gap }}>
      {gap === null && group.map(children)}
    </ul>
  );
}
