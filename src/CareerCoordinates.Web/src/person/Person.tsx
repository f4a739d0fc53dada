import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { useCoordinate, useCurrentFramework, useMilestones, useNextSteps, useNotice, useRecord, useTrajectory } from '../api/questions';
import { CareerGrid } from '../grid/CareerGrid';
import { Failure, Waiting } from '../ui/Answers';
import { Refreshing } from '../ui/Refreshing';
import { dayNumber, dayOf, dayText } from '../words/days';
import { capital, useWords } from '../words/words';
import { MilestoneDetail, type Tools } from './MilestoneDetail';
import { Opening } from './Opening';
import { OwnData } from './OwnData';
import { Saved } from './Saved';
import { Steps } from './Steps';
import { Timeline } from './Timeline';
import { whereHeWorks } from './whereHeWorks';

interface Props {
  workerId: string;
  isSelf: boolean;
  tools?: Tools;
  /** What one can do, shown with the first sentences. */
  children?: ReactNode;
}

/** A worker's career on the grid, with what it means and where it came from. */
export function Person({ workerId, isSelf, tools, children }: Props) {
  const today = useCoordinate(workerId);
  const framework = useCurrentFramework();
  const trajectory = useTrajectory(workerId);
  const milestones = useMilestones(workerId);
  const record = useRecord(workerId);
  // Asked at once with the rest and waited for: what came later would push the page down under the reader.
  const later = [useNextSteps(workerId), useNotice()];
  const asked = [today, framework, trajectory, milestones, record, ...later];
  const failed = asked.find((one) => one.isLoadingError);
  if (failed) return <Failure error={failed.error} retry={() => asked.forEach((one) => void one.refetch())} />;
  if (!today.data || !framework.data || !trajectory.data || !milestones.data || !record.data || later.some((one) => one.isPending)) return <Waiting />;
  return (
    <Loaded
      isSelf={isSelf}
      tools={tools}
      children={children}
      workerId={workerId}
      today={today.data}
      framework={framework.data}
      trajectory={trajectory.data}
      all={milestones.data}
      record={record.data}
    />
  );
}

interface LoadedProps extends Props {
  today: Schemas['Coordinate'];
  framework: Framework;
  trajectory: Schemas['Trajectory'];
  all: Schemas['Milestone'][];
  record: Schemas['Record'];
}

function Loaded({ workerId, isSelf, tools, children, today, framework, trajectory, all, record }: LoadedProps) {
  const { t, name } = useWords();
  const [day, setDay] = useState(today.asOf);
  const asOf = useSettled(day);
  const isToday = asOf === today.asOf;
  const coordinate = useCoordinate(workerId, isToday ? undefined : asOf);
  const asked = useNextSteps(workerId, isToday ? undefined : asOf);
  const steps = { ...asked, data: asked.data && !isToday ? asThen(asked.data) : asked.data };
  const { chosen, choose, close } = useChosen();
  const drawn = useDeferredValue(day);

  const milestones = useMemo(() => all.filter((one) => one.state !== 'voided'), [all]);
  const person = record.person.at(-1)!;
  const start = person.careerStart ?? `${(trajectory.points[0]?.from ?? today.asOf).slice(0, 4)}-01-01`;
  const firstDay = start < today.asOf ? start : today.asOf;
  const names = useMemo(
    () => new Map(milestones.map((one) => [one.id, byCode(framework.milestoneTypes, one.type)])),
    [milestones, framework],
  );
  const shown = coordinate.data ?? today;
  const places = whereHeWorks(record, today.asOf);
  const stage = byCode(framework.stages, shown.stage.code);
  const level = framework.levels.find((one) => one.level === shown.level);
  const returned = isSelf ? milestones.filter((one) => one.state === 'returned') : [];
  const details = record.milestones.filter((one) => chosen?.includes(one.id));

  return (
    <>
      <Saved workerId={workerId} isSelf={isSelf} />
      <header className="person-head">
        <div>
          <h1>{t('person.title', { name: person.name ?? t('person.erased') })}</h1>
          <p>{places.join(' · ')}</p>
        </div>
        <dl className="three-facts">
          <div>
            <dt>{t('person.stage')}</dt>
            <dd>{stage ? name(stage) : t('person.unknown')}</dd>
          </div>
          <div>
            <dt>{t('person.years')}</dt>
            <dd>{shown.stage.yearsInCareer === null ? t('person.unknown') : t('person.yearsValue', { years: shown.stage.yearsInCareer })}</dd>
          </div>
          <div>
            <dt>{t('person.level')}</dt>
            <dd>{level ? `${t('grid.level', { level: shown.level })} · ${name(level)}` : t('person.none')}</dd>
          </div>
        </dl>
      </header>
      {isToday && <Opening framework={framework} coordinate={shown} steps={steps.data} name={isSelf ? null : (person.name ?? t('person.erased'))} isAtWork={places.length > 0} />}
      {returned.length > 0 && (
        <p className="note">
          {t('person.returned', { number: returned.length })}{' '}
          <button type="button" className="link" onClick={() => choose(returned.map((one) => one.id))}>
            {t('person.returnedWhy')}
          </button>
        </p>
      )}
      {children}
      <div className="card">
        <CareerGrid
          framework={framework}
          start={start}
          hasStages={person.careerStart !== null}
          trajectory={trajectory}
          milestones={milestones}
          steps={drawn === asOf && !steps.isPlaceholderData ? steps.data : undefined}
          asOf={drawn}
          isToday={drawn === today.asOf}
          yearsInCareer={drawn === asOf && !coordinate.isPlaceholderData ? shown.stage.yearsInCareer : null}
          onChoose={choose}
          nameOf={(id) => name(names.get(id), id)}
        />
        <div className="slider">
          <label htmlFor="as-of">{t('slider.label')}</label>
          <input
            id="as-of"
            type="range"
            min={dayNumber(firstDay)}
            max={dayNumber(today.asOf)}
            value={dayNumber(day)}
            aria-valuetext={dayText(day)}
            onChange={(event) => setDay(dayOf(Number(event.target.value)))}
          />
          <output htmlFor="as-of">{dayText(day)}</output>
          <button type="button" className="quiet" disabled={day === today.asOf} onClick={() => setDay(today.asOf)}>
            {t('slider.today')}
          </button>
        </div>
        {milestones.length === 0 && <p className="hint">{t('grid.empty')}</p>}
        {person.careerStart === null && <p className="hint">{t('grid.noStart')}</p>}
      </div>
      {steps.isLoadingError ? (
        <Failure error={steps.error} retry={() => void steps.refetch()} />
      ) : steps.data ? (
        <Refreshing isOld={drawn !== asOf || coordinate.isPlaceholderData || steps.isPlaceholderData}>
          <Steps framework={framework} coordinate={shown} steps={steps.data} />
        </Refreshing>
      ) : (
        <Waiting />
      )}
      <Timeline {...{ framework, trajectory }} milestones={milestones} voided={all.filter((one) => one.state === 'voided')} onChoose={choose} />
      {isSelf && <OwnData person={person} />}
      <p className="fine">
        {t('person.framework', { name: name(framework), version: framework.version })} {capital(name(record.disclaimer))}
        {t('stop')} {capital(name(record.useLimit))}
        {t('stop')}
      </p>
      {chosen && details.length > 0 && (
        <MilestoneDetail {...{ framework, trajectory }} milestones={details} current={all} tools={tools} onClose={close} />
      )}
    </>
  );
}

/** A look back predicts nothing that only a later title, result or certificate brought. */
function asThen(steps: Schemas['NextSteps']): Schemas['NextSteps'] {
  const isByTime = (leaf: Schemas['RequirementLeaf']) => leaf.kind !== 'milestone' || leaf.state === 'met' || leaf.minYearsSince !== null;
  const channels = steps.channels.map((step) => {
    const isOnlyTime = step.alternatives.some((way) => way.earliest === step.earliest && way.allOf.every(isByTime));
    const alternatives = step.alternatives.map((way) => ({ ...way, allOf: way.allOf.map((leaf) => (isByTime(leaf) ? leaf : { ...leaf, earliest: null })) }));
    return { ...step, alternatives, earliest: isOnlyTime ? step.earliest : null };
  });
  return { ...steps, channels };
}

/** The milestones that are shown stand in the address: Back closes them, and a link leads to them. */
function useChosen() {
  const [query] = useSearchParams();
  const go = useNavigate();
  const { pathname, state } = useLocation() as { pathname: string; state: { opened?: boolean } | null };
  const chosen = query.get('milestones')?.split(' ') ?? null;
  return {
    chosen,
    choose: (ids: string[]) => void go(`${pathname}?${new URLSearchParams({ milestones: ids.join(' ') })}`, { state: { opened: true } }),
    close: () => void (state?.opened ? go(-1) : go(pathname, { replace: true })),
  };
}

/** The value once it has rested for a moment: a slider under the thumb asks no question for each day. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const wait = setTimeout(() => setSettled(value), 250);
    return () => clearTimeout(wait);
  }, [value]);
  return settled;
}
