import type { Framework } from '../api/framework';
import { colorOf, Sign } from '../grid/Symbol';
import { type Bar, Bars } from './Bars';
import { DataTable } from './DataTable';
import { HeatMap } from './HeatMap';
import { useNames } from './names';
import { type Count, isShown, numberText } from './numbers';
import { ReportCard } from './ReportCard';
import { type Answers, peopleOf, type Source } from './source';
import { Told } from './Told';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  answer: Answers['positions'];
  source: Source;
  saves: boolean;
}

const largest = (counts: Count[]) => Math.max(0, ...counts.filter(isShown));

/** Where the workers stand in each channel: one ladder of bars each, its highest rung at the top. */
export function PositionsPerChannel({ framework, answer, source, saves }: Props) {
  const { t, name } = useReportWords();
  const named = useNames(framework);
  const counts = new Map(answer.cells.map((cell) => [`${cell.channel} ${cell.rung}`, cell.workers]));
  const most = largest([...counts.values()]);
  const nobody: Count = 0;
  const bar = (channel: string, rung: string, label: string): Bar => ({
    key: rung,
    label,
    count: counts.get(`${channel} ${rung}`) ?? nobody,
    to: answer.counts === 'exact' ? peopleOf('positions', answer, { channel, rung }) : undefined,
  });
  const ladders = framework.channels.map((channel) => ({
    channel,
    bars: [...channel.rungs]
      .sort((a, b) => b.order - a.order)
      .map((rung) => bar(channel.code, rung.code, name(rung)))
      .concat(bar(channel.code, 'none', t('rung.none'))),
  }));
  return (
    <ReportCard
      title={t('positions.heading')}
      words={t('positions.about')}
      source={source}
      saves={saves}
      table={
        <DataTable
          caption={t('positions.heading')}
          columns={[
            { head: t('column.channel'), cell: (row) => name(row.channel) },
            { head: t('column.rung'), cell: (row) => row.label },
            { head: t('column.workers'), cell: (row) => <Told count={row.count} />, isNumber: true },
          ]}
          rows={ladders.flatMap(({ channel, bars }) => bars.map((one) => ({ ...one, channel, label: named('rung', one.key, channel.code) })))}
        />
      }
    >
      <div className="ladders-side">
        {ladders.map(({ channel, bars }, index) => {
          const top = bars.filter((one) => one.key !== 'none' && isShown(one.count) && one.count > 0).sort((a, b) => Number(b.count) - Number(a.count))[0];
          return (
            <section key={channel.code} aria-label={name(channel)}>
              <h3>
                <Sign channel={index} /> {name(channel)}
              </h3>
              {top && <p className="hint">{t('positions.most', { rung: String(top.label), number: numberText(Number(top.count)) })}</p>}
              <Bars bars={bars} color={colorOf(index)} most={most} toWords={t('people.behind')} />
            </section>
          );
        })}
      </div>
    </ReportCard>
  );
}

/** Workers by one dimension. */
export function PositionsBy({ framework, answer, source, saves, title }: Props & { title: string }) {
  const { t } = useReportWords();
  const named = useNames(framework);
  const dimension = answer.question.groupBy ?? 'stage';
  const codeOf = (cell: Answers['positions']['cells'][number]) => String(cell[dimension as keyof typeof cell] ?? 'none');
  const bars = answer.cells.map((cell): Bar => {
    const code = codeOf(cell);
    const to = answer.counts === 'exact' ? peopleOf('positions', answer, { [dimension]: code }) : undefined;
    return { key: code, label: named(dimension, code), count: cell.workers, to };
  });
  if (!['stage', 'level', 'careerStartYear'].includes(dimension)) bars.sort((a, b) => value(b.count) - value(a.count));
  const few = bars.slice(0, 30);
  return (
    <ReportCard
      title={title}
      source={source}
      saves={saves}
      table={
        <DataTable
          caption={title}
          columns={[
            { head: title, cell: (row) => row.label },
            { head: t('column.workers'), cell: (row) => <Told count={row.count} />, isNumber: true },
          ]}
          rows={bars}
        />
      }
    >
      {bars.length === 0 ? (
        <p>{t(answer.counts === 'protected' ? 'empty.protected' : 'empty.exact')}</p>
      ) : (
        <Bars bars={few} most={largest(bars.map((one) => one.count))} toWords={t('people.behind')} />
      )}
      {answer.counts === 'protected' && bars.length > 0 && ['organization', 'industry', 'industrySection', 'occupation', 'careerStartYear'].includes(dimension) && <p className="hint">{t('protected.leftOut')}</p>}
      {bars.length > few.length && <p className="hint">{t('positions.first', { number: few.length, all: bars.length })}</p>}
    </ReportCard>
  );
}

const value = (count: Count) => (isShown(count) ? count : 0);

/** How many stand in each cell of the grid. */
export function Grid({ framework, answer, source, saves }: Props) {
  const { t } = useReportWords();
  const named = useNames(framework);
  const counts = new Map(answer.cells.map((cell) => [`${cell.stage} ${cell.level}`, cell.workers]));
  const isExact = answer.counts === 'exact';
  const told = answer.cells.filter((cell) => isShown(cell.workers)).sort((a, b) => value(b.workers) - value(a.workers));
  const top = told[0];
  const inAll = told.reduce((sum, cell) => sum + value(cell.workers), 0);
  const words =
    top && value(top.workers) > 0
      ? `${isExact ? `${t('grid.inAll', { number: numberText(inAll) })} ` : ''}${t('grid.most', {
          stage: named('stage', top.stage ?? 'unknown'),
          level: named('level', String(top.level)),
          number: numberText(value(top.workers)),
        })}`
      : t(isExact ? 'empty.exact' : 'empty.protected');
  return (
    <ReportCard
      title={t('grid.heading')}
      words={words}
      source={source}
      saves={saves}
      table={
        <DataTable
          caption={t('grid.heading')}
          columns={[
            { head: t('column.stage'), cell: (row) => named('stage', row.stage ?? 'unknown') },
            { head: t('column.level'), cell: (row) => named('level', String(row.level)) },
            { head: t('column.workers'), cell: (row) => <Told count={row.workers} />, isNumber: true },
          ]}
          rows={answer.cells}
        />
      }
    >
      <HeatMap
        framework={framework}
        countOf={(stage, level) => counts.get(`${stage} ${level}`) ?? 0}
        peopleOf={isExact ? (stage, level) => peopleOf('grid', answer, { stage, level }) : undefined}
      />
    </ReportCard>
  );
}
