import type { ReactNode } from 'react';
import { LongTable } from '../ui/LongTable';
import { useReportWords } from './words';

export interface Column<R> {
  head: string;
  cell: (row: R) => ReactNode;
  isNumber?: boolean;
}

interface Props<R> {
  caption: string;
  columns: Column<R>[];
  rows: R[];
}

/** Rows and columns; the first column names the row. */
export function DataTable<R>({ caption, columns, rows }: Props<R>) {
  const { t } = useReportWords();
  return (
    <div className="table-holder" tabIndex={0} role="region" aria-label={t('table.of', { title: caption })}>
      <LongTable
        caption={caption}
        head={columns.map((column) => (
          <th key={column.head} scope="col" className={column.isNumber ? 'number-cell' : undefined}>
            {column.head}
          </th>
        ))}
        items={rows}
        keyOf={(_, at) => at}
        cells={(row) =>
          columns.map((column, place) =>
            place === 0 ? (
              <th key={column.head} scope="row">
                {column.cell(row)}
              </th>
            ) : (
              <td key={column.head} className={column.isNumber ? 'number-cell' : undefined}>
                {column.cell(row)}
              </td>
            ),
          )
        }
      />
    </div>
  );
}
