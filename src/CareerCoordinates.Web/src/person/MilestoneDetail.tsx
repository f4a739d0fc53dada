import { Fragment, type ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { Dialog } from '../ui/Dialog';
import { dayText, instantText, lastDay } from '../words/days';
import { capital, useWords } from '../words/words';
import { isAhead, raised } from './content';
import { Revisions } from './Revisions';

interface Props {
  framework: Framework;
  trajectory: Schemas['Trajectory'];
  milestones: Schemas['RecordMilestone'][];
  /** The same as they are now. */
  current: Schemas['Milestone'][];
  tools: Tools | undefined;
  onClose: () => void;
}

/** What whoever looks may do with a milestone. */
export type Tools = (milestone: Schemas['Milestone'], record: Schemas['RecordMilestone']) => ReactNode;

/** What the milestones of a station are: content, what they give, and who recorded and verified them. */
export function MilestoneDetail({ framework, trajectory, milestones, current, tools, onClose }: Props) {
  const { t, name } = useWords();
  const heading = milestones.length === 1 ? name(milestones[0]!.type) : t('grid.several', { number: milestones.length });
  return (
    <Dialog title={heading} onClose={onClose}>
      {milestones.map((milestone) => (
        <section key={milestone.id} className="detail">
          {milestones.length > 1 && <h3>{name(milestone.type)}</h3>}
          <Content {...{ framework, trajectory }} milestone={milestone} Heading={milestones.length > 1 ? 'h4' : 'h3'} />
          {tools && current.filter((one) => one.id === milestone.id).map((one) => <Fragment key={one.id}>{tools(one, milestone)}</Fragment>)}
          {milestone.revisions.length > 1 && <Revisions framework={framework} milestone={milestone} />}
        </section>
      ))}
    </Dialog>
  );
}

interface ContentProps {
  framework: Framework;
  trajectory: Schemas['Trajectory'];
  milestone: Schemas['RecordMilestone'];
  Heading: 'h3' | 'h4';
}

function Content({ framework, trajectory, milestone, Heading }: ContentProps) {
  const { t, name } = useWords();
  const newest = milestone.revisions.at(-1)!;
  const isLower =
    milestone.counting !== null &&
    !isAhead(newest, framework) &&
    milestone.grants.some((one) => one.mode === 'direct') &&
    !raised(milestone, trajectory);
  const when = (instant: string) => instantText(instant, framework.timeZone);
  return (
    <>
      <dl className="facts">
        <dt>{t('milestone.on')}</dt>
        <dd>
          {dayText(newest.occurredOn)}
          {newest.until && t('milestone.until', { day: dayText(newest.until) })}
          {isAhead(newest, framework) && <small className="ahead"> {t('milestone.ahead', { day: dayText(lastDay(newest.occurredOn)) })}</small>}
        </dd>
        {newest.ended && (
          <>
            <dt>{t(newest.ended.kind === 'revoked' ? 'milestone.revoked' : 'milestone.ended')}</dt>
            <dd>{t('milestone.endedBecause', { day: dayText(newest.ended.on), reason: newest.ended.reason })}</dd>
          </>
        )}
        <dt>{t('milestone.state')}</dt>
        <dd>
          {name(milestone.state)}
          {milestone.counting !== null && milestone.state.code !== 'verified' && ` · ${t('milestone.stillCounts')}`}
          {milestone.contested && ` · ${t('milestone.contested')}`}
        </dd>
        {milestone.attributes.map((attribute) => (
          <Pair key={attribute.code} term={name(attribute)} value={attribute.words ? name(attribute.words) : plain(attribute.value)} />
        ))}
        {newest.evidence.map((evidence, i) => (
          <Pair
            key={i}
            term={t('milestone.evidence')}
            value={`${name(byCode(framework.evidenceTypes, evidence.type), evidence.type)} ${evidence.reference ?? ''}`}
          />
        ))}
        {milestone.grants.map((grant) => (
          <Pair
            key={grant.channel.code + grant.rung.code}
            term={t(grant.mode === 'direct' ? 'milestone.gives' : 'milestone.supports')}
            value={`${name(grant.channel)} · ${name(grant.rung)} · ${t('grid.level', { level: grant.level })}`}
          />
        ))}
        {isLower && <Pair term="" value={t('milestone.noRaise')} />}
        {newest.note && <Pair term={t('milestone.note')} value={newest.note} />}
      </dl>
      <Heading>{t('milestone.history')}</Heading>
      <ol className="history">
        {milestone.revisions.map((revision, i) => (
          <li key={revision.revision}>
            <b>{t(did(revision, milestone.revisions[i - 1]))}</b> {t('milestone.by', { account: revision.recordedBy, at: when(revision.recordedAt) })}
            {revision.reason && <small>{t('milestone.reason', { reason: revision.reason })}</small>}
          </li>
        ))}
        {milestone.contests.map((contest) => (
          <li key={contest.recordedAt}>
            <b>{t(contest.kind === 'answered' ? 'did.answered' : 'did.contested')}</b>{' '}
            {t('milestone.by', { account: contest.recordedBy, at: when(contest.recordedAt) })}
            <small>{t('milestone.reason', { reason: contest.reason })}</small>
          </li>
        ))}
      </ol>
    </>
  );

  function plain(value: string) {
    return value === 'true' ? t('yes') : value === 'false' ? t('no') : value;
  }
}

/** A revision that waits again is a correction, or an end that was set. */
function did(revision: Schemas['MilestoneRevision'], before: Schemas['MilestoneRevision'] | undefined) {
  if (!before || revision.state !== 'submitted') return `did.${revision.state}` as const;
  return revision.ended && !before.ended ? 'milestone.ended' : 'did.corrected';
}

function Pair({ term, value }: { term: string; value: string }) {
  return (
    <>
      <dt>{capital(term)}</dt>
      <dd>{value}</dd>
    </>
  );
}
