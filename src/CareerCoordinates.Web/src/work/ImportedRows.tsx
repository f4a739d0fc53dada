import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../api/client';
import { Failure, Waiting } from '../ui/Answers';
import { useWords } from './words';

/** What was recognised of the file, and its first rows as they were read: to be looked at before anything is written. */
export function ImportedRows({ job }: { job: Schemas['Import'] }) {
  const { t } = useWords();
  const rows = useQuery({
    queryKey: ['imports', 'rows', job.id],
    staleTime: Infinity,
    queryFn: () => ask(api.GET('/api/v1/imports/{importId}/rows', { params: { path: { importId: job.id } } })),
  });
  if (rows.isLoadingError) return <Failure error={rows.error} retry={() => void rows.refetch()} />;
  if (!rows.data) return <Waiting />;
  return rows.data.sheets.map((sheet) => <Sheet key={sheet.sheet} {...{ job, sheet }} heading={[t('imports.rows'), sheet.sheet].filter(Boolean).join(' · ')} />);
}

/** Its columns that hold something in the rows that are shown. */
function Sheet({ job, sheet, heading }: { job: Schemas['Import']; sheet: Schemas['ImportedSheet']; heading: string }) {
  const { t, name } = useWords();
  const filled = sheet.columns.map((one, i) => ({ one, i })).filter(({ i }) => sheet.rows.some((row) => row.cells[i]));
  const number = sheet.rows.length;
  // Who is meant by a number alone is told: a mistyped one may be another's.
  const names = sheet.columns.findIndex((one) => one.code === 'name');
  const tellsWho = sheet.rows.some((row) => row.person !== null && row.person !== row.cells[names]);
  return (
    <section>
      <h2>{heading}</h2>
      <p>
        {t('imports.recognised', {
          columns: sheet.columns.map((one) => (one.header === name(one.name) ? one.header : `${one.header} → ${name(one.name)}`)).join(t('and')),
        })}
      </p>
      <p className="hint">{t(number < job.rows ? 'imports.someRows' : 'imports.allRows', { number, rows: job.rows })}</p>
      <div className="table-holder" tabIndex={0} role="region" aria-label={heading}>
        <table className="people">
          <thead>
            <tr>
              <th scope="col">{t('imports.row')}</th>
              <th scope="col">{t('imports.will')}</th>
              {tellsWho && <th scope="col">{t('imports.person')}</th>}
              {filled.map(({ one }) => (
                <th key={one.code} scope="col">
                  {one.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((row) => (
              <tr key={row.row}>
                <th scope="row">{row.row}</th>
                <td className={row.action === 'refuse' ? 'fault' : undefined}>{t(`imports.${row.action}`)}</td>
                {tellsWho && <td>{row.person ?? '–'}</td>}
                {filled.map(({ one, i }) => {
                  const told = job.warnings.find((warning) => warning.row === row.row && warning.sheet === sheet.sheet && warning.column === one.code);
                  return (
                    <td key={one.code} className={told && 'ahead'} title={told?.detail}>
                      {row.cells[i] || '–'} {told && t('imports.lookAt')}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
