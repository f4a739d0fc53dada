import type { ReactNode } from 'react';
import { groupSize, groupsOf, useNear, useWhole } from './useNear';

interface Props<T> {
  className?: string;
  caption?: string;
  /** The cells of the head. */
  head: ReactNode;
  items: T[];
  keyOf: (item: T, at: number) => string | number;
  /** The cells of a row. */
  cells: (item: T) => ReactNode;
}

/** A table that may have very many rows: those far from the window are not in the page, what reads aloud is told their number. The roles stay where a phone shows rows as blocks. */
export function LongTable<T>({ className, caption, head, items, ...rows }: Props<T>) {
  const isWhole = useWhole(items.length);
  return (
    <table className={className} role="table" aria-rowcount={isWhole ? undefined : items.length + 1}>
      {caption && <caption className="unseen">{caption}</caption>}
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={isWhole ? undefined : 1}>
          {head}
        </tr>
      </thead>
      {groupsOf(items).map((group, at) => (
        <Rows key={at} {...rows} {...{ group, isWhole }} first={at * groupSize} />
      ))}
    </table>
  );
}

interface RowsProps<T> extends Pick<Props<T>, 'keyOf' | 'cells'> {
  group: T[];
  first: number;
  isWhole: boolean;
}

const rowHeight = 45;

function Rows<T>({ group, first, isWhole, keyOf, cells }: RowsProps<T>) {
  const [element, gap] = useNear<HTMLTableSectionElement>(isWhole, first, group.length * rowHeight);
  return (
    <tbody ref={element} role="rowgroup" aria-hidden={gap !== null || undefined}>
      {gap !== null ? (
        <tr className="gap">
          <td style={{ height: gap }} />
        </tr>
      ) : (
        group.map((item, at) => (
          <tr key={keyOf(item, first + at)} role="row" aria-rowindex={isWhole ? undefined : first + at + 2}>
            {cells(item)}
          </tr>
        ))
      )}
    </tbody>
  );
}
