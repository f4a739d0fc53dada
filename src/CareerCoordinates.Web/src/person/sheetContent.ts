import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { lastDay } from '../words/days';

type Milestone = Schemas['Milestone'];

/** What the sheet says where a channel may be left out of it. */
export interface SheetContent {
  channels: { index: number; standing: Schemas['Coordinate']['channels'][number] | undefined }[];
  /** The highest of the channels shown. */
  level: number;
  trajectory: Schemas['Trajectory'];
  /** Verified ones, what gave or backs a rung first, each part from the newest back. */
  milestones: Milestone[];
  /** How many wait for verification. */
  waiting: number;
  /** How many are verified and lie ahead of the day of the sheet. */
  ahead: number;
}

export function sheetContent(
  framework: Framework,
  coordinate: Schemas['Coordinate'],
  trajectory: Schemas['Trajectory'],
  all: Milestone[],
  withSensitive: boolean,
): SheetContent {
  const isShown = (code: string) => withSensitive || !byCode(framework.channels, code)?.sensitive;
  const hiddenTypes = typesOfHidden(framework, isShown);
  const kept = all
    .filter((one) => one.state !== 'voided' && !hiddenTypes.has(one.type))
    .map((one) => ({ ...one, grants: one.grants.filter((grant) => isShown(grant.channel)) }));
  const highest = (channels: { channel: string; level: number }[]) => Math.max(0, ...channels.map((one) => one.level));
  const points = trajectory.points.map((point) => {
    const channels = point.channels.filter((one) => isShown(one.channel));
    return { ...point, channels, level: highest(channels) };
  });
  const weight = (one: Milestone) => (one.grants.some((grant) => grant.mode === 'direct') ? 2 : one.grants.length > 0 ? 1 : 0);
  return {
    channels: framework.channels.flatMap((channel, index) =>
      isShown(channel.code) ? [{ index, standing: coordinate.channels.find((one) => one.channel === channel.code) }] : [],
    ),
    level: highest(coordinate.channels.filter((one) => isShown(one.channel))),
    trajectory: { ...trajectory, points },
    milestones: kept
      .filter((one) => one.counting !== null && lastDay(one.occurredOn) <= coordinate.asOf)
      .sort((a, b) => weight(b) - weight(a) || lastDay(b.occurredOn).localeCompare(lastDay(a.occurredOn))),
    waiting: kept.filter((one) => one.counting === null && (one.state === 'submitted' || one.state === 'returned')).length,
    ahead: kept.filter((one) => one.counting !== null && lastDay(one.occurredOn) > coordinate.asOf).length,
  };
}

/**
 * Types that tell of nothing but hidden channels: all their grants are there, or they have none and are of a kind whose
 * grants all are. What is restricted stands on no sheet.
 */
function typesOfHidden(framework: Framework, isShown: (channel: string) => boolean): Set<string> {
  const ofKind = new Map<string, boolean>();
  for (const { kind, grants } of framework.milestoneTypes) {
    for (const { channel } of grants) ofKind.set(kind, (ofKind.get(kind) ?? false) || isShown(channel));
  }
  const tells = framework.milestoneTypes.filter(
    (type) =>
      type.sensitivity === 'restricted' ||
      (type.grants.length > 0 ? !type.grants.some((grant) => isShown(grant.channel)) : ofKind.get(type.kind) === false),
  );
  return new Set(tells.map((type) => type.code));
}

/** How many of each kind, in the order of the framework. */
export function byKind(framework: Framework, milestones: Milestone[]) {
  const count = (kind: string) => milestones.filter((one) => byCode(framework.milestoneTypes, one.type)?.kind === kind).length;
  return framework.milestoneKinds.map((kind) => ({ kind, number: count(kind.code) })).filter((one) => one.number > 0);
}
