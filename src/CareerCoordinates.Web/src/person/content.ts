import type { Schemas } from '../api/client';
import { byCode, type Coded, type Framework, type MilestoneType } from '../api/framework';
import { dayText, lastDay, todayIn } from '../words/days';
import { capital, language, text } from '../words/words';
import { valueText } from './requirement';

/** What a revision says of the fact. */
export type Content = Pick<Schemas['MilestoneRevision'], 'occurredOn' | 'until' | 'ended' | 'attributes' | 'evidence' | 'note'>;

/** Of a day that is not there yet: it counts from then on. */
export const isAhead = (one: Pick<Content, 'occurredOn'>, framework: Framework) => lastDay(one.occurredOn) > todayIn(framework.timeZone);

/** Whether it gave a rung; one below what was held already gives none. */
export const raised = (one: Pick<Schemas['Milestone'], 'id'>, trajectory: Schemas['Trajectory']) =>
  trajectory.points.some((point) => point.channels.some((channel) => channel.milestoneId === one.id));

export interface ContentRow {
  code: string;
  label: string;
  left: string;
  right: string;
  differs: boolean;
}

const nothing = '–';

/** Two contents in words, line by line; a line that both leave empty is left out. */
export function contentRows(framework: Framework, type: MilestoneType | undefined, left: Content, right: Content): ContentRow[] {
  const both = (code: string, label: string, say: (content: Content) => string): ContentRow => {
    const [a, b] = [say(left), say(right)];
    return { code, label: capital(label), left: a || nothing, right: b || nothing, differs: a !== b };
  };
  const named = (list: Coded[], code: string) => byCode(list, code)?.[language()] ?? code;
  const codes = [...new Set([...(type?.attributes ?? []).map((one) => one.code), ...Object.keys(left.attributes), ...Object.keys(right.attributes)])];
  const evidence = (content: Content) =>
    content.evidence.map((one) => `${named(framework.evidenceTypes, one.type)} ${one.reference ?? ''}`.trim()).join(text('and'));
  return [
    both('occurredOn', text('milestone.on'), (content) => dayText(content.occurredOn)),
    both('until', text('log.until'), (content) => (content.until ? dayText(content.until) : '')),
    both('ended', text('milestone.ended'), ({ ended }) =>
      ended ? text('milestone.endedBecause', { day: dayText(ended.on), reason: ended.reason }) : '',
    ),
    ...codes.map((code) =>
      both(code, named(type?.attributes ?? [], code), (content) =>
        content.attributes[code] === undefined ? '' : valueText(framework, type, code, content.attributes[code]),
      ),
    ),
    both('evidence', text('milestone.evidence'), evidence),
    both('note', text('milestone.note'), (content) => content.note ?? ''),
  ].filter((row) => row.left !== nothing || row.right !== nothing);
}

/** The same content, whatever its order. */
export const sameContent = (a: Content, b: Content) => JSON.stringify(said(a)) === JSON.stringify(said(b));

export const sameAttributes = (a: Pick<Content, 'attributes'>, b: Pick<Content, 'attributes'>) =>
  JSON.stringify(Object.entries(a.attributes).sort()) === JSON.stringify(Object.entries(b.attributes).sort());

const said = ({ occurredOn, until, ended, attributes, evidence, note }: Content) => [
  occurredOn,
  until,
  ended,
  Object.entries(attributes).sort(),
  evidence,
  note,
];
