import { type ReactNode, useState } from 'react';
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

/** As many rows as are read at a time; more on demand. */
const page = 200;

/** Rows and columns; the first column names the row. */
export function DataTable<R>({ caption, columns, rows }: Props<R>) {
  const { t } = useReportWords();
  const [shown, setShown] = useState(page);
  return (
    <>
      <div className="table-holder" tabIndex={0} role="region" aria-label={t('table.of', { title: caption })}>
        <table>
          <caption className="unseen">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.head} scope="col" className={column.isNumber ? 'number-cell' : undefined}>
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, at) => (
              <tr key={at}>
                {columns.map((column, place) =>
                  place === 0 ? (
                    <th key={column.head} scope="row">
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.head} className={column.isNumber ? 'number-cell' : undefined}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <button type="button" onClick={() => setShown(shown + page)}>
          {t('table.more', { number: rows.length - shown })}
        </button>
      )}
    </>
  );
}
