import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Schemas } from '../api/client';
import { byCode, type Framework, rungOf } from '../api/framework';
import { useCoordinate, useFramework, useMe, useMilestones, useNextSteps, useRecord, useTrajectory } from '../api/questions';
import { CareerGrid } from '../grid/CareerGrid';
import { Sign } from '../grid/Symbol';
import { Failure, Waiting } from '../ui/Answers';
import { isDemo } from '../ui/demo';
import { useTitle } from '../ui/useTitle';
import { dayText, instantText, lastDay } from '../words/days';
import { capital, useWords } from '../words/words';
import { Ask } from './Ask';
import { byKind, sheetContent } from './sheetContent';
import { whereHeWorks } from './whereHeWorks';

interface Props {
  workerId: string;
  isSelf: boolean;
}

export function SheetPage() {
  return <Sheet workerId={useParams().workerId!} isSelf={false} />;
}

/** The record on one page of paper (职业坐标记录单), as it will be printed. */
export function Sheet({ workerId, isSelf }: Props) {
  const { t, name, language } = useWords();
  const coordinate = useCoordinate(workerId);
  const framework = useFramework(coordinate.data?.framework);
  const trajectory = useTrajectory(workerId);
  const milestones = useMilestones(workerId);
  const record = useRecord(workerId);
  const steps = useNextSteps(workerId);
  const [withSensitive, setWithSensitive] = useState(false);
  useTitle(t('sheet.heading'));
  usePaper();
  const asked = [coordinate, framework, trajectory, milestones, record, steps];
  const failed = asked.find((one) => one.isLoadingError);
  if (failed) return <Failure error={failed.error} retry={() => asked.forEach((one) => void one.refetch())} />;
  if (!coordinate.data || !framework.data || !trajectory.data || !milestones.data || !record.data || !steps.data) return <Waiting />;
  const sensitive = framework.data.channels.filter((one) => one.sensitive);
  return (
    <>
      <div className="screen-only">
        <p className="page-tools">
          <Link to={isSelf ? '/mine' : `/people/${workerId}`}>{t('person.title', { name: record.data.person.at(-1)!.name ?? '' })}</Link>
        </p>
        <h1>{t('sheet.heading')}</h1>
        <p className="hint">{t(isSelf ? 'sheet.about' : 'sheet.aboutOther')}</p>
        <div className="buttons">
          <button type="button" className="main" onClick={() => print()}>
            {t('sheet.print')}
          </button>
          {sensitive.map((channel) => (
            <label key={channel.code} className="check">
              <input type="checkbox" checked={withSensitive} onChange={(event) => setWithSensitive(event.target.checked)} />
              {t('sheet.with', { channel: name(channel) })}
            </label>
          ))}
        </div>
      </div>
      <Paper
        key={`${language} ${withSensitive}`}
        framework={framework.data}
        coordinate={coordinate.data}
        trajectory={trajectory.data}
        all={milestones.data}
        record={record.data}
        steps={steps.data}
        withSensitive={withSensitive}
        isSelf={isSelf}
      />
    </>
  );
}

interface PaperProps {
  framework: Framework;
  coordinate: Schemas['Coordinate'];
  trajectory: Schemas['Trajectory'];
  all: Schemas['Milestone'][];
  record: Schemas['Record'];
  steps: Schemas['NextSteps'];
  withSensitive: boolean;
  isSelf: boolean;
}

/** A4 upright at 96 pixels to the inch. */
const paperWidth = 794;
const paperHeight = 1119;

function Paper({ framework, coordinate, trajectory, all, record, steps, withSensitive, isSelf }: PaperProps) {
  const { t, name } = useWords();
  const me = useMe().data;
  const holder = useRef<HTMLDivElement>(null);
  const scale = useScale(holder);
  const content = sheetContent(framework, coordinate, trajectory, all, withSensitive);
  const { room, listed } = useWhatFits(content.milestones.length);
  const person = record.person.at(-1)!;
  const stage = byCode(framework.stages, coordinate.stage.code);
  const level = framework.levels.find((one) => one.level === content.level);
  const start = person.careerStart ?? `${(trajectory.points[0]?.from ?? coordinate.asOf).slice(0, 4)}-01-01`;
  const shown = content.milestones.slice(0, listed);
  const rest = content.milestones.slice(listed);
  const byDay = [...shown].sort((a, b) => lastDay(b.occurredOn).localeCompare(lastDay(a.occurredOn)));
  const leftOut = framework.channels.filter((one) => one.sensitive && !withSensitive).map((one) => name(one));
  return (
    <div ref={holder} className="paper-holder" style={{ height: paperHeight * scale }}>
      <article className="paper" style={{ transform: scale < 1 ? `scale(${scale})` : undefined }}>
        <header className="paper-head">
          <div>
            <h2>{t('sheet.heading')}</h2>
            <p>{t('person.framework', { name: name(framework), version: framework.version })}</p>
          </div>
          <p>
            {t('sheet.asOf', { day: dayText(coordinate.asOf) })}
            {isDemo && <b className="paper-demo">{t('demo')}</b>}
          </p>
        </header>
        <div className="paper-body" ref={room}>
          <dl className="paper-facts">
            <Fact term={t('people.name')} value={person.name ?? t('person.erased')} />
            <Fact term={t('people.number')} value={person.number ?? '–'} />
            <Fact term={t('people.start')} value={person.careerStart ? dayText(person.careerStart) : t('person.unknown')} />
            <Fact term={t('sheet.place')} value={whereHeWorks(record, coordinate.asOf).join(t('and')) || '–'} />
            <Fact term={t('person.stage')} value={stage ? name(stage) : t('person.unknown')} />
            <Fact
              term={t('person.years')}
              value={coordinate.stage.yearsInCareer === null ? t('person.unknown') : t('person.yearsValue', { years: coordinate.stage.yearsInCareer })}
            />
            <Fact
              term={t('person.level')}
              value={`${level ? `${t('grid.level', { level: level.level })} · ${name(level)}` : t('person.none')}${
                leftOut.length > 0 ? t('sheet.without', { channels: leftOut.join(t('and')) }) : ''
              }`}
            />
          </dl>
          <CareerGrid
            framework={framework}
            start={start}
            hasStages={person.careerStart !== null}
            trajectory={content.trajectory}
            milestones={content.milestones}
            steps={undefined}
            asOf={coordinate.asOf}
            isToday={false}
            yearsInCareer={coordinate.stage.yearsInCareer}
            onChoose={() => {}}
            nameOf={() => ''}
            row={29}
            isStill
          />
          <table>
            <thead>
              <tr>
                <th scope="col">{t('sheet.channel')}</th>
                <th scope="col">{t('steps.held')}</th>
                <th scope="col">{t('sheet.since')}</th>
                <th scope="col">{t('steps.reached')}</th>
              </tr>
            </thead>
            <tbody>
              {content.channels.map(({ index, standing }) => {
                const channel = framework.channels[index]!;
                const held = rungOf(framework, channel.code, standing?.rung ?? null);
                const highest = rungOf(framework, channel.code, standing?.highestReached ?? null);
                return (
                  <tr key={channel.code}>
                    <th scope="row">
                      <Sign channel={index} /> {name(channel)}
                    </th>
                    <td>{held ? `${name(held)} · ${t('grid.level', { level: held.level })}` : t('steps.none')}</td>
                    <td>{standing?.heldSince ? dayText(standing.heldSince) : '–'}</td>
                    <td>{highest && highest.code !== held?.code ? `${name(highest)} · ${t('grid.level', { level: highest.level })}` : '–'}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <h3>{t('sheet.milestones', { number: content.milestones.length })}</h3>
          {content.milestones.length === 0 && <p>{t('timeline.none')}</p>}
          <ul className="paper-list">
            {byDay.map((one) => (
              <li key={one.id}>
                <b>{dayText(one.occurredOn)}</b> {name(byCode(framework.milestoneTypes, one.type), one.type)}
                {one.grants
                  .filter((grant) => grant.mode === 'direct')
                  .map((grant) => `${t('sheet.gives')}${name(rungOf(framework, grant.channel, grant.rung), grant.rung)}`)
                  .join('')}
              </li>
            ))}
          </ul>
          {rest.length > 0 && (
            <p className="paper-rest">
              {t('sheet.rest', {
                number: rest.length,
                kinds: byKind(framework, rest)
                  .map(({ kind, number }) => `${name(kind)} ${number}`)
                  .join(' · '),
              })}
            </p>
          )}
          {content.ahead > 0 && <p className="paper-rest">{t('sheet.ahead', { number: content.ahead })}</p>}
          {content.waiting > 0 && <p className="paper-rest">{t('sheet.waiting', { number: content.waiting })}</p>}
        </div>
        <Footer {...{ framework, record, steps, isSelf }} account={me?.account ?? ''} />
      </article>
    </div>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

interface FooterProps {
  framework: Framework;
  record: Schemas['Record'];
  steps: Schemas['NextSteps'];
  account: string;
  isSelf: boolean;
}

/** What the sheet is not, and whom to ask. */
function Footer({ framework, record, steps, account, isSelf }: FooterProps) {
  const { t, name } = useWords();
  return (
    <footer className="paper-foot">
      <p>
        <b>{t('sheet.summary')}</b> {t('sheet.onlyVerified')} {capital(name(record.disclaimer))}
        {t('stop')} {capital(name(record.useLimit))}
        {t('stop')}
      </p>
      <Ask steps={steps} />
      <p>{t(isSelf ? 'sheet.bySelf' : 'sheet.by', { account, at: instantText(record.knownAt, framework.timeZone) })}</p>
    </footer>
  );
}

/** While the sheet is there, printing has no margins but its own. */
function usePaper() {
  useEffect(() => {
    document.documentElement.classList.add('prints-paper');
    return () => document.documentElement.classList.remove('prints-paper');
  }, []);
}

/** How much smaller the paper is drawn where the screen is narrower than it. */
function useScale(holder: RefObject<HTMLDivElement | null>): number {
  const [scale, setScale] = useState(1);
  useLayoutEffect(() => {
    const element = holder.current!;
    const measure = () => {
      // Printed, it has its own size whatever the window.
      if (!matchMedia('print').matches) setScale(Math.min(1, element.clientWidth / paperWidth));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [holder]);
  return scale;
}

/** As many of the milestones as the paper has room for; the others are counted below. */
function useWhatFits(all: number) {
  const room = useRef<HTMLDivElement>(null);
  const [listed, setListed] = useState(all);
  useLayoutEffect(() => {
    const element = room.current!;
    const tooMuch = () => element.scrollHeight - element.clientHeight;
    const shrink = () => {
      const over = tooMuch();
      if (over > 0) setListed((before) => Math.max(0, before - Math.max(1, Math.floor(over / 18))));
    };
    shrink();
    const watch = new ResizeObserver(shrink);
    for (const part of [element, ...element.children]) watch.observe(part);
    return () => watch.disconnect();
  }, [listed]);
  return { room, listed };
}
