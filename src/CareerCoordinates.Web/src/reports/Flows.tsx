import { useMemo } from 'react';
import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { Choice } from '../ui/Choice';
import { useTitle } from '../ui/useTitle';
import { dayText } from '../words/days';
import { useAddress } from './address';
import { Answered } from './Answered';
import { monthEndBefore, todayIn, yearsBefore } from './clock';
import { DataTable } from './DataTable';
import { FilterBar } from './FilterBar';
import { FlowChart } from './FlowChart';
import { firstChannel, useNames } from './names';
import { isShown, numberText } from './numbers';
import { ReportCard } from './ReportCard';
import { choosesCounts, countsOf, savesReports } from './roles';
import { type Answers, peopleOf, type Question, type Source, useReport } from './source';
import { Told } from './Told';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  grants: Schemas['Me']['grants'];
}

/** How workers moved in a channel between two days. */
export function Flows({ framework, grants }: Props) {
  const { t, name } = useReportWords();
  useTitle(t('flows.heading'));
  const { get, set, common } = useAddress();
  const last = monthEndBefore(todayIn(framework.timeZone));
  const to = get('to') ?? get('asOf') ?? last;
  const from = get('from') ?? yearsBefore(to, 5);
  const channel = get('channel') ?? firstChannel(framework);
  const question: Question = { ...common, channel, from, to };
  const answer = useReport('transitions', question);
  return (
    <>
      <h1>{t('flows.heading')}</h1>
      <FilterBar
        framework={framework}
        counts={countsOf(grants, common.counts)}
        chooses={choosesCounts(grants)}
        days={[
          ['from', from],
          ['to', to],
        ]}
      />
      <div className="by">
        <Choice
          label={t('column.channel')}
          value={channel}
          options={framework.channels.map((one) => [one.code, name(one)])}
          onChoose={(value) => set({ channel: value })}
        />
      </div>
      <Answered framework={framework} answer={answer} leads>
        {(given) => <Transitions framework={framework} answer={given} source={{ report: 'transitions', question }} saves={savesReports(grants)} />}
      </Answered>
    </>
  );
}

interface ViewProps {
  framework: Framework;
  answer: Answers['transitions'];
  source: Source;
  saves: boolean;
}

export function Transitions({ framework, answer, source, saves }: ViewProps) {
  const { t, name } = useReportWords();
  const named = useNames(framework);
  const channel = byCode(framework.channels, answer.question.channel);
  const nameOf = (code: string) => named('rung', code, channel?.code);
  const order = useMemo(
    () => [...[...(channel?.rungs ?? [])].sort((a, b) => b.order - a.order).map((one) => one.code), 'none', 'absent'],
    [channel],
  );
  const moves = useMemo(() => answer.cells.map((cell) => ({ from: cell.fromRung, to: cell.toRung, count: cell.workers })), [answer]);
  const told = moves.filter((one) => isShown(one.count) && one.count > 0);
  const risen = told.filter((one) => order.indexOf(one.to) < order.indexOf(one.from) && one.from !== 'absent');
  const number = risen.reduce((sum, one) => sum + Number(one.count), 0);
  const days = { from: dayText(answer.from), to: dayText(answer.to) };
  const isExact = answer.counts === 'exact';
  const words =
    told.length === 0
      ? t(isExact ? 'empty.exact' : 'empty.protected')
      : t(isExact ? 'flows.risen' : number > 0 ? 'flows.risenTold' : 'flows.risenUntold', { ...days, number: numberText(number) });
  const title = t('flows.title', { channel: name(channel) });
  return (
    <ReportCard
      title={title}
      words={words}
      source={source}
      saves={saves}
      table={
        <DataTable
          caption={title}
          columns={[
            { head: t('flows.on', { day: days.from }), cell: (row) => nameOf(row.from) },
            { head: t('flows.on', { day: days.to }), cell: (row) => nameOf(row.to) },
            { head: t('column.workers'), cell: (row) => <Told count={row.count} />, isNumber: true },
          ]}
          rows={moves}
        />
      }
    >
      {told.length > 0 && (
        <>
          <p className="flow-days">
            <span>{days.from}</span>
            <span>{days.to}</span>
          </p>
          <FlowChart
            moves={moves}
            order={order}
            nameOf={nameOf}
            title={title}
            isWhole={isExact}
            peopleOf={isExact ? (fromRung, toRung) => peopleOf('transitions', answer, { fromRung, toRung }) : undefined}
          />
          {!isExact && <p className="hint">{t('flows.untold')}</p>}
        </>
      )}
    </ReportCard>
  );
}
