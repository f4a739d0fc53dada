import type { Schemas } from '../api/client';
import { type Framework, rungOf } from '../api/framework';
import { lastDay, yearsBetween } from '../words/days';
import { type Band, focusScale, roundedPath, type Spot } from './scale';

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  row: number;
  narrow: boolean;
}

/** A place where milestones stand; several where they would lie on each other. */
export interface Station extends Spot {
  /** Index of the channel; null where they are of several channels, or of none. */
  channel: number | null;
  level: number | null;
  verified: boolean;
  milestoneIds: string[];
}

export interface NextStation extends Spot {
  channel: number;
  rung: string;
  level: number;
  earliest: string;
  path: string;
}

export interface Layout {
  frame: Frame;
  bands: Band[];
  paths: { channel: number; path: string }[];
  stations: Station[];
  /** Milestones that give no rung, on a line of their own below the grid. */
  others: Station[];
  next: NextStation[];
  now: Spot & { years: number; level: number; band: Band };
  rowTop: (level: number) => number;
  x: (years: number) => number;
}

export interface Question {
  framework: Framework;
  /** The day on which the axis begins. */
  start: string;
  /** Whether that is the career start: without one there are no stages. */
  hasStages: boolean;
  trajectory: Schemas['Trajectory'];
  milestones: Schemas['Milestone'][];
  steps: Schemas['NextSteps'] | undefined;
  asOf: string;
  width: number;
  /** What a stage's name needs on a narrow screen, in pixels. */
  leastStage: number;
  /** What the levels' names need on a wide screen, in pixels. */
  levelNames: number;
  hidden: ReadonlySet<number>;
  /** How high a level is drawn; left out: as is best on a screen. */
  row?: number;
}

const labelRoom = 30;

function frameOf({ width, framework, levelNames: names, row: wanted }: Question): Frame {
  const levels = framework.levels.length;
  const narrow = width < 560;
  const row = wanted ?? (narrow ? 46 : 58);
  const top = narrow ? 46 : 42;
  const bottom = top + row * levels;
  return { width, narrow, row, top, bottom, left: narrow ? 54 : names, right: width - (narrow ? 6 : 16), height: bottom + labelRoom * 2 };
}

export function layOut(question: Question): Layout {
  const { framework, start, trajectory, milestones, steps, asOf, hidden } = question;
  const frame = frameOf(question);
  const yearsNow = Math.max(0, yearsBetween(start, asOf));
  const least = frame.narrow ? question.leastStage : 84;
  const { bands, x } = focusScale(question.hasStages ? framework.stages : [], yearsNow, frame.left, frame.right, least);
  const rowTop = (level: number) => frame.bottom - level * frame.row;
  const lanes = framework.channels.length;
  /** Lanes of their own within each row: paths never lie on each other. Level 0 is the base line. */
  const laneY = (channel: number, level: number) =>
    level === 0 ? frame.bottom : rowTop(level) + frame.row * (0.5 + (channel - (lanes - 1) / 2) * 0.23);
  const at = (day: string) => x(yearsBetween(start, day));

  const points = trajectory.points.filter((point) => point.from <= asOf);
  const stations: Station[] = [];
  const shown = new Set<string>();
  const paths: Layout['paths'] = [];
  framework.channels.forEach((channel, index) => {
    const corners: Spot[] = [];
    let level = 0;
    for (const point of points) {
      const standing = point.channels.find((one) => one.channel === channel.code);
      if (!standing || standing.level === level) continue;
      const spot = { x: at(point.from), y: laneY(index, standing.level) };
      if (corners.length > 0) corners.push({ x: spot.x, y: laneY(index, level) });
      corners.push(spot);
      if (standing.level > level && standing.milestoneId && !shown.has(standing.milestoneId)) {
        shown.add(standing.milestoneId);
        if (!hidden.has(index)) {
          stations.push({ ...spot, channel: index, level: standing.level, verified: true, milestoneIds: [standing.milestoneId] });
        }
      }
      level = standing.level;
    }
    if (corners.length === 0 || hidden.has(index)) return;
    corners.push({ x: x(yearsNow), y: laneY(index, level) });
    paths.push({ channel: index, path: roundedPath(corners, frame.narrow ? 6 : 9) });
  });

  const others: Station[] = [];
  for (const milestone of milestones) {
    const day = lastDay(milestone.occurredOn);
    if (shown.has(milestone.id) || day > asOf) continue;
    const counts = milestone.counting !== null;
    if (!counts && milestone.state !== 'submitted' && milestone.state !== 'returned') continue;
    const grant = counts ? undefined : milestone.grants.find((one) => one.mode === 'direct');
    const channel = grant ? framework.channels.findIndex((one) => one.code === grant.channel) : -1;
    const spot = { x: at(day), verified: counts, milestoneIds: [milestone.id] };
    if (grant && channel >= 0) {
      if (!hidden.has(channel)) stations.push({ ...spot, y: laneY(channel, grant.level), channel, level: grant.level });
    } else {
      others.push({ ...spot, y: frame.bottom + labelRoom / 2, channel: null, level: null });
    }
  }

  const level = points.at(-1)?.level ?? 0;
  const now = {
    x: x(yearsNow),
    y: level === 0 ? frame.bottom : rowTop(level) + frame.row / 2,
    years: yearsNow,
    level,
    band: bands.find((band) => yearsNow < band.toYears) ?? bands.at(-1)!,
  };
  const next: NextStation[] = [];
  for (const step of steps?.channels ?? []) {
    const channel = framework.channels.findIndex((one) => one.code === step.channel);
    const rung = rungOf(framework, step.channel, step.next);
    if (step.noPath !== null || step.earliest === null || !rung || hidden.has(channel)) continue;
    const held = rungOf(framework, step.channel, step.held)?.level ?? 0;
    // Who stands higher elsewhere is not shown the way in at the bottom.
    if (held === 0 && rung.level < level) continue;
    const goal = { x: Math.max(at(step.earliest), now.x + 12), y: laneY(channel, rung.level) };
    const corners = [{ x: now.x, y: laneY(channel, held) }, { x: goal.x, y: laneY(channel, held) }, goal];
    next.push({ ...goal, channel, rung: rung.code, level: rung.level, earliest: step.earliest, path: roundedPath(corners, 8) });
  }
  const apart = frame.narrow ? 13 : 12.5;
  return { frame, bands, paths, stations: merged(stations, apart), others: merged(others, 18), next, now, rowTop, x };
}

/** Stations that are closer than that become one, with all their milestones. */
export function merged(stations: Station[], apart: number): Station[] {
  const kept: Station[] = [];
  for (const one of [...stations].sort((a, b) => a.x - b.x || b.y - a.y)) {
    const near = kept.find((other) => Math.hypot(other.x - one.x, other.y - one.y) < apart);
    if (!near) {
      kept.push({ ...one, milestoneIds: [...one.milestoneIds] });
      continue;
    }
    near.milestoneIds.push(...one.milestoneIds);
    near.verified &&= one.verified;
    if (near.channel !== one.channel) near.channel = null;
    if (near.level !== one.level) near.level = null;
  }
  return kept;
}
