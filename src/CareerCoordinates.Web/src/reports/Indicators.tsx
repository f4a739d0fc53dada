import { byCode, type Framework } from '../api/framework';
import { dayText } from '../words/days';
import { Bars } from './Bars';
import { DataTable } from './DataTable';
import { isShown } from './numbers';
import { ReportCard } from './ReportCard';
import type { Answers, Source } from './source';
import { Told } from './Told';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  answer: Answers['indicators'];
  source: Source;
  saves: boolean;
}

/** Every indicator of the year, and the figures that are broken down as bars. */
export function Indicators({ framework, answer, source, saves }: Props) {
  const { t, name } = useReportWords();
  const rows = answer.indicators.flatMap((indicator) => indicator.figures.map((figure) => ({ indicator, figure })));
  const broken = rows.filter(({ figure }) => (figure.rows ?? []).length > 1);
  const unit = (code: string) => name(byCode(framework.units, code), code);
  const called = ({ indicator, figure }: (typeof rows)[number]) =>
    name(indicator.name) === name(figure.name) ? name(indicator.name) : `${name(indicator.name)} · ${name(figure.name)}`;
  const title = t('indicators.heading', { year: answer.year });
  return (
    <ReportCard
      title={title}
      words={[t('indicators.about', { number: answer.indicators.length }), !answer.isOver && t('year.notOver', { day: dayText(answer.asOf) })].filter(Boolean).join(' ')}
      source={source}
      saves={saves}
      table={
        <DataTable
          caption={title}
          columns={[
            {
              head: t('indicators.indicator'),
              cell: (row) => (
                <>
                  {called(row)}
                  {row.figure.overlaps && <small className="ahead">{t('annual.overlaps')}</small>}
                </>
              ),
            },
            { head: t('indicators.value'), cell: ({ figure }) => <Told count={figure.value} isShare={figure.isShare} />, isNumber: true },
            { head: t('annual.unit'), cell: ({ figure }) => unit(figure.unit) },
            { head: t('annual.source'), cell: ({ indicator }) => t(`source.${indicator.source}`) },
            { head: t('indicators.definition'), cell: ({ indicator }) => name(indicator.definition) },
          ]}
          rows={rows}
        />
      }
    >
      <div className="ladders-side">
        {broken.map((one) => (
          <section key={`${one.indicator.code} ${one.figure.code}`} aria-label={called(one)}>
            <h3>{called(one)}</h3>
            <p className="hint">
              {t('indicators.all')} <Told count={one.figure.value} /> {isShown(one.figure.value) && unit(one.figure.unit)}
              {isShown(one.figure.value) && one.figure.rows!.reduce((sum, row) => sum + (isShown(row.value) ? row.value : 0), 0) > one.figure.value && t('indicators.several')}
            </p>
            <Bars
              bars={one.figure.rows!.map((row) => ({
                key: row.code,
                label: row.name ? name(row.name) : row.code === 'none' ? t('none.recorded') : row.code,
                count: row.value,
              }))}
              most={Math.max(0, ...one.figure.rows!.map((row) => row.value).filter(isShown))}
              toWords=""
            />
          </section>
        ))}
      </div>
    </ReportCard>
  );
}
