import { useState } from 'react';
import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { Choice } from '../ui/Choice';
import { Typed } from '../ui/Typed';
import { useTitle } from '../ui/useTitle';
import { useAddress } from './address';
import { Answered } from './Answered';
import { type Group, sinceOf, within as withinOf, yearsOf } from './curve';
import { Curves, isShaded, looks } from './Curves';
import { DataTable } from './DataTable';
import { FilterBar } from './FilterBar';
import { dimensions, firstChannel, groupingOf, useNames } from './names';
import { durationText, isShown, numberText, shareText } from './numbers';
import { ReportCard } from './ReportCard';
import { choosesCounts, countsOf, savesReports } from './roles';
import { type Answers, type Question, type Source, useReport } from './source';
import { Told } from './Told';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  grants: Schemas['Me']['grants'];
}

/** Where nothing else is asked. */
const yearsAtFirst = 5;
const mostYears = 60;

const isWithin = (typed: string) => /^\d{1,2}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= mostYears;

/** How long it takes from one rung to another. */
export function Times({ framework, grants }: Props) {
  const { t, name } = useReportWords();
  useTitle(t('times.heading'));
  const { get, set, common } = useAddress();
  const channel = get('channel') ?? firstChannel(framework);
  const rungs = [...(byCode(framework.channels, channel)?.rungs ?? [])].sort((a, b) => a.order - b.order);
  const fromRung = get('fromRung') ?? 'career-start';
  const above = rungs.slice(rungs.findIndex((one) => one.code === fromRung) + 1);
  const toRung = get('toRung') ?? above[0]?.code ?? 'none';
  const by = get('by');
  const question: Question = { ...common, asOf: get('asOf'), channel, fromRung, toRung, ...groupingOf(by) };
  const answer = useReport('time-to-rung', question);
  const asked = get('within') ?? String(yearsAtFirst);
  const years = isWithin(asked) ? Number(asked) : null;
  return (
    <>
      <h1>{t('times.heading')}</h1>
      <form className="card" onSubmit={(event) => event.preventDefault()} aria-label={t('times.question')}>
        <div className="row">
          <Choice
            label={t('column.channel')}
            value={channel}
            options={framework.channels.map((one) => [one.code, name(one)])}
            onChoose={(value) => set({ channel: value, fromRung: undefined, toRung: undefined })}
          />
          <Choice
            label={t('times.from')}
            value={fromRung}
            options={[['career-start', t('rung.careerStart')], ...rungs.slice(0, -1).map((one): [string, string] => [one.code, name(one)])]}
            onChoose={(value) => set({ fromRung: value, toRung: undefined })}
          />
          <Choice label={t('times.to')} value={toRung} options={above.map((one) => [one.code, name(one)])} onChoose={(value) => set({ toRung: value })} />
          <Choice
            label={t('times.by')}
            value={by ?? ''}
            none={t('times.together')}
            options={dimensions.map((one) => [one, t(`dimension.${one}`)])}
            onChoose={(value) => set({ by: value })}
          />
          <Typed
            label={t('times.within')}
            type="number"
            min={1}
            max={mostYears}
            value={asked}
            isComplete={isWithin}
            onTyped={(value) => set({ within: value })}
          />
        </div>
      </form>
      <FilterBar framework={framework} counts={countsOf(grants, common.counts)} chooses={choosesCounts(grants)} days={[['asOf']]} />
      {years === null ? (
        <p className="failure" role="alert">
          {t('times.notWithin', { asked, most: mostYears })}
        </p>
      ) : (
        <Answered framework={framework} answer={answer}>
          {(given) => (
            <TimesToRung
              key={`${given.question.fromRung} ${given.question.toRung} ${given.question.groupBy}`}
              framework={framework}
              answer={given}
              source={{ report: 'time-to-rung', question }}
              saves={savesReports(grants)}
              years={years}
            />
          )}
        </Answered>
      )}
    </>
  );
}

interface ViewProps {
  framework: Framework;
  answer: Answers['time-to-rung'];
  source: Source;
  saves: boolean;
  years?: number;
}

interface Row {
  label: string;
  point: Group['curve'][number];
  since: number;
}

const drawnAtOnce = 6;
const value = (group: Group) => (isShown(group.workers) ? group.workers : 0);

export function TimesToRung({ framework, answer, source, saves, years = yearsAtFirst }: ViewProps) {
  const { t } = useReportWords();
  const named = useNames(framework);
  const { channel, fromRung = '', toRung = '', groupBy } = answer.question;
  const groups = [...answer.groups]
    .sort((a, b) => Number(a.key === 'none') - Number(b.key === 'none') || value(b) - value(a))
    .map((group, at) => ({ group, label: named(groupBy ?? 'all', group.key), letter: letterOf(at) }));
  const [hidden, setHidden] = useState<string[]>([]);
  const drawn = groups.filter(({ group }) => !hidden.includes(group.key)).slice(0, drawnAtOnce);
  const title = t('times.title', { from: named('rung', fromRung, channel), to: named('rung', toRung, channel) });
  const all = groups[0];
  const isProtected = answer.unit !== 'days';
  return (
    <ReportCard
      title={title}
      words={groups.length === 1 && all ? all.group.words : undefined}
      source={source}
      saves={saves}
      table={
        <DataTable
          caption={title}
          columns={[
            { head: t('times.group'), cell: (row) => row.label },
            {
              head: t('times.year'),
              cell: ({ point, since }) =>
                !isProtected ? numberText(yearsOf(point.time, answer.unit), 2) : since + 1 < point.time ? `${since + 1}–${point.time}` : point.time,
              isNumber: true,
            },
            { head: t(isProtected ? 'times.atRiskSince' : 'times.atRisk'), cell: ({ point }) => <Told count={point.atRisk} />, isNumber: true },
            { head: t('times.events'), cell: ({ point }) => <Told count={point.events} />, isNumber: true },
            { head: t('times.share'), cell: ({ point }) => shareText(1 - point.survival), isNumber: true },
            ...(isProtected
              ? []
              : [
            {
              head: t('times.interval'),
              cell: ({ point }: Row) => (point.upper === null || point.lower === null ? '–' : `${shareText(1 - point.upper)} – ${shareText(1 - point.lower)}`),
              isNumber: true,
            },
          ]),
          ]}
          rows={groups.flatMap(({ group, label }) => group.curve.map((point, at) => ({ label, point, since: sinceOf(group.curve, at) })))}
        />
      }
    >
      {groups.length === 0 ? (
        <p>{t(answer.counts === 'protected' ? 'times.untold' : 'empty.exact')}</p>
      ) : (
        <>
          <GroupTable groups={groups} unit={answer.unit} years={years} isMany={groups.length > 1} />
          {answer.logRank && (
            <p>
              {t(answer.logRank.p < 0.05 ? 'times.differ' : 'times.noDifference', { p: numberText(answer.logRank.p, 3) })}
            </p>
          )}
          {groups.length > 1 && (
            <div className="chips" role="group" aria-label={t('times.drawn')}>
              {groups.map(({ group, label, letter }) => {
                const at = drawn.findIndex((one) => one.group.key === group.key);
                return (
                  <button
                    key={group.key}
                    type="button"
                    className="chip"
                    aria-pressed={at >= 0}
                    style={{ color: at >= 0 ? looks[at % looks.length]!.color : undefined }}
                    onClick={() => setHidden(at >= 0 ? [...hidden, group.key] : hidden.filter((one) => one !== group.key))}
                  >
                    {letter} {label}
                  </button>
                );
              })}
            </div>
          )}
          {groups.length > drawnAtOnce && <p className="hint">{t('times.atOnce', { number: drawnAtOnce })}</p>}
          <Curves groups={drawn} unit={answer.unit} within={years} title={title} />
          <p className="hint">
            {t(isProtected ? 'times.aboutProtected' : 'times.about')} {!isProtected && isShaded(drawn.length) && t('times.shade')}
          </p>
        </>
      )}
    </ReportCard>
  );
}

const letterOf = (at: number): string => (at < 26 ? String.fromCharCode(65 + at) : letterOf(Math.floor(at / 26) - 1) + letterOf(at % 26));

interface GroupsProps {
  groups: { group: Group; label: string; letter: string }[];
  unit: string;
  years: number;
  isMany: boolean;
}

/** The answer to the question: of each group how many had arrived within the years. */
function GroupTable({ groups, unit, years, isMany }: GroupsProps) {
  const { t } = useReportWords();
  const head = t('times.arrivedWithin', { years });
  const rows = groups.map((one) => ({ ...one, told: withinOf(one.group, unit, years) }));
  const hasIntervals = unit === 'days';
  return (
    <>
      <DataTable
        caption={head}
        columns={[
          { head: t('times.group'), cell: (row) => (isMany ? `${row.letter} ${row.label}` : row.label) },
          { head: t('times.started'), cell: (row) => <Told count={row.group.workers} />, isNumber: true },
          {
            head,
            cell: ({ told }) =>
              told === null ? (
                t('protected.hidden')
              ) : told.years === years ? (
                <Told count={told.arrived} />
              ) : (
                <small>
                  {t(isShown(told.arrived) ? 'times.toldFor' : 'times.toldShare', {
                    years: told.years,
                    arrived: isShown(told.arrived) ? numberText(told.arrived) : '',
                    share: shareText(told.share),
                  })}
                </small>
              ),
            isNumber: true,
          },
          { head: t('times.share'), cell: ({ told }) => (told?.years === years ? shareText(told.share) : '–'), isNumber: true },
          ...(hasIntervals
            ? [
                {
                  head: t('times.interval'),
                  cell: ({ told }: (typeof rows)[number]) =>
                    told?.lower == null || told.upper == null ? '–' : `${shareText(told.lower)} – ${shareText(told.upper)}`,
                  isNumber: true,
                },
                {
                  head: t('times.median'),
                  cell: ({ group }: (typeof rows)[number]) => (group.median === null ? t('times.notReached') : durationText(yearsOf(group.median, unit))),
                  isNumber: true,
                },
              ]
            : []),
          { head: t('times.inAll'), cell: (row) => <Told count={row.group.events} />, isNumber: true },
          { head: t('times.excluded'), cell: (row) => <Told count={row.group.excluded} />, isNumber: true },
        ]}
        rows={rows}
      />
      {hasIntervals && <p className="hint">{t('times.medianAbout')}</p>}
    </>
  );
}
