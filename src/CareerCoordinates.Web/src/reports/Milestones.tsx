import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { Choice } from '../ui/Choice';
import { useTitle } from '../ui/useTitle';
import { dayText } from '../words/days';
import { capital } from '../words/words';
import { useAddress } from './address';
import { Answered } from './Answered';
import { type Bar, Bars } from './Bars';
import { todayIn } from './clock';
import { DataTable } from './DataTable';
import { FilterBar } from './FilterBar';
import { groupingOf, useNames } from './names';
import { type Count, isShown } from './numbers';
import { ReportCard } from './ReportCard';
import { choosesCounts, countsOf, savesReports } from './roles';
import { type Answers, peopleOf, type Question, type Source, useReport } from './source';
import { Told } from './Told';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  grants: Schemas['Me']['grants'];
}

/** By what milestones are told apart, in the words of the API. */
const groupings = ['kind', 'type', 'month', 'organization:street-union', 'organization:enterprise', 'keyNode', 'initiative', 'service'] as const;
type Grouping = (typeof groupings)[number];

/** What was done in a period: verified milestones, whose they are, and what they add up to. */
export function Milestones({ framework, grants }: Props) {
  const { t, name } = useReportWords();
  useTitle(t('milestones.heading'));
  const { get, set, common } = useAddress();
  const last = Number(todayIn(framework.timeZone).slice(0, 4)) - 1;
  const from = get('from') ?? `${last}-01-01`;
  const to = get('to') ?? `${last}-12-31`;
  const [by, kind, type, sum] = [get('by') ?? groupings[0], get('kind'), get('type'), get('sum')];
  const question: Question = { ...common, from, to, kind, type, sum, ...groupingOf(by) };
  const answer = useReport('milestones', question);
  const types = framework.milestoneTypes.filter((one) => one.enabled && (!kind || one.kind === kind));
  const sums = summable(framework, kind, type);
  return (
    <>
      <h1>{t('milestones.heading')}</h1>
      <form className="card" aria-label={t('times.question')} onSubmit={(event) => event.preventDefault()}>
        <div className="row">
          <Choice label={t('times.by')} value={by} options={groupings.map((one) => [one, t(`dimension.${one}`)])} onChoose={(value) => set({ by: value })} />
          <Choice
            label={capital(t('dimension.kind'))}
            value={kind ?? ''}
            none={t('people.any')}
            options={framework.milestoneKinds.map((one) => [one.code, name(one)])}
            onChoose={(value) => set({ kind: value, type: undefined, sum: undefined })}
          />
          <Choice label={capital(t('dimension.type'))} value={type ?? ''} none={t('people.any')} options={types.map((one) => [one.code, name(one)])} onChoose={(value) => set({ type: value, sum: undefined })} />
          <Choice label={t('milestones.sum')} value={sum ?? ''} none={t('milestones.noSum')} options={sums.map((one) => [one.code, name(one)])} onChoose={(value) => set({ sum: value })} />
        </div>
      </form>
      <FilterBar
        framework={framework}
        counts={countsOf(grants, common.counts)}
        chooses={choosesCounts(grants)}
        days={[
          ['from', from, 'first'],
          ['to', to],
        ]}
      />
      <Answered framework={framework} answer={answer} leads>
        {(given) => <MilestonesBy framework={framework} answer={given} source={{ report: 'milestones', question }} saves={savesReports(grants)} />}
      </Answered>
    </>
  );
}

/** The numbers that the chosen types have; one without a unit, such as a place in a list of authors, is none that anybody adds up. */
const summable = (framework: Framework, kind: string | undefined, type: string | undefined) => {
  const chosen = framework.milestoneTypes.filter((one) => (!kind || one.kind === kind) && (!type || one.code === type));
  const numbers = chosen.flatMap((one) => one.attributes).filter((one) => (one.type === 'integer' || one.type === 'decimal') && one.unit);
  return [...new Map(numbers.map((one) => [one.code, one])).values()];
};

interface ViewProps {
  framework: Framework;
  answer: Answers['milestones'];
  source: Source;
  saves: boolean;
}

/** Those in which nothing was done, too; of protected counts all are there. */
function everyMonth({ rows, from, to }: Answers['milestones']): Answers['milestones']['rows'] {
  const known = new Map(rows.map((row) => [row.month, row]));
  const months: string[] = [];
  for (let [year, month] = from.split('-').map(Number) as [number, number]; ; month === 12 ? ((year += 1), (month = 1)) : (month += 1)) {
    const code = `${year}-${String(month).padStart(2, '0')}`;
    if (code > to.slice(0, 7)) return months.map((one) => known.get(one) ?? { month: one, milestones: 0, workers: 0 });
    months.push(code);
  }
}

const value = (count: Count) => (isShown(count) ? count : 0);

export function MilestonesBy({ framework, answer, source, saves }: ViewProps) {
  const { t, name } = useReportWords();
  const named = useNames(framework);
  const { groupBy = 'kind', organizationKind, kind, type, sum } = answer.question;
  const dimension = groupBy as 'kind';
  const by = (organizationKind ? `${groupBy}:${organizationKind}` : groupBy) as Grouping;
  const what = type ? name(byCode(framework.milestoneTypes, type), type) : kind ? name(byCode(framework.milestoneKinds, kind), kind) : t('milestones.all');
  const added = sum && byCode(summable(framework, kind, type), sum);
  const drawnBy = (row: Answers['milestones']['rows'][number]) => (sum ? (row.sum ?? 0) : row.milestones);
  const title = t('milestones.title', { what: sum ? t('milestones.sumOf', { what, sum: added ? name(added) : sum }) : what, by: groupings.includes(by) ? t(`dimension.${by}`) : groupBy });
  const rows = (by === 'month' ? everyMonth(answer) : answer.rows).map((row) => ({ ...row, code: String(row[dimension] ?? 'none'), label: named(dimension, String(row[dimension] ?? 'none')) }));
  if (by !== 'month') rows.sort((a, b) => value(drawnBy(b)) - value(drawnBy(a)));
  const told = rows.filter((row) => value(drawnBy(row)) > 0);
  const drawn = by === 'month' ? rows : told.slice(0, 30);
  const bars = drawn.map((row): Bar => ({
    key: row.code,
    label: row.label,
    count: drawnBy(row),
    to: answer.counts === 'exact' ? peopleOf('milestones', answer, { [dimension]: row.code }) : undefined,
  }));
  const left = answer.notCounted.map((code) => name(byCode(framework.milestoneTypes, code), code));
  return (
    <ReportCard
      title={title}
      words={t('milestones.between', { from: dayText(answer.from), to: dayText(answer.to) })}
      source={source}
      saves={saves}
      table={
        <DataTable
          caption={title}
          columns={[
            { head: groupings.includes(by) ? t(`dimension.${by}`) : groupBy, cell: (row) => row.label },
            { head: t('milestones.number'), cell: (row) => <Told count={row.milestones} />, isNumber: true },
            { head: t('column.workers'), cell: (row) => <Told count={row.workers} />, isNumber: true },
            ...(sum ? [{ head: `${t('indicators.sum')}${t('colon')}${added ? name(added) : sum}`, cell: (row: (typeof rows)[number]) => <Told count={row.sum ?? null} />, isNumber: true }] : []),
          ]}
          rows={rows}
        />
      }
    >
      {told.length === 0 ? (
        <p>{t(answer.counts !== 'protected' ? 'milestones.none' : sum && rows.some((row) => isShown(row.workers)) ? 'empty.protectedSum' : 'empty.protected')}</p>
      ) : (
        <Bars bars={bars} most={Math.max(0, ...told.map((row) => value(drawnBy(row))))} toWords={t('people.behind')} />
      )}
      {answer.counts === 'protected' && by !== 'month' && told.length > 0 && <p className="hint">{t('protected.leftOut')}</p>}
      {by !== 'month' && told.length > bars.length && <p className="hint">{t('positions.first', { number: bars.length, all: told.length })}</p>}
      {left.length > 0 && <p className="hint">{t('milestones.notCounted', { types: left.join(t('and')) })}</p>}
    </ReportCard>
  );
}
