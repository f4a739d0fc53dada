import { useState } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import { byCode, type Framework, rungOf } from '../api/framework';
import { valueText } from '../person/requirement';
import { dayText, instantText, lastDay } from '../words/days';
import { isAhead } from '../person/content';
import { Warnings } from '../person/Warnings';
import { Corrected } from './Corrected';
import type { Verdict } from './Judging';
import { Why } from './Who';
import { useWords } from './words';

interface Props {
  framework: Framework;
  milestone: Schemas['Milestone'];
  person: string;
  judges: boolean;
  isBusy: boolean;
  isSelected: boolean;
  onSelect: () => void;
  /** Left out where the rest goes with it. */
  onVerify?: () => void;
  /** In a sample: the box says that it was compared with its proof. */
  compared?: boolean;
  onJudge: (verdict: Verdict) => void;
}

export const itemId = (milestoneId: string) => `item-${milestoneId}`;

export function InboxItem({ framework, milestone, person, judges, isBusy, isSelected, onSelect, onVerify, onJudge, compared }: Props) {
  const { t, name } = useWords();
  const [asksWhy, setAsksWhy] = useState(false);
  const type = byCode(framework.milestoneTypes, milestone.type);
  const typeName = name(type, milestone.type);
  const objection = milestone.contests.at(-1);
  return (
    <li id={itemId(milestone.id)} tabIndex={-1} className="card inbox-item">
      <div className="inbox-head">
        {judges && compared !== false && (
          <input type="checkbox" checked={isSelected} aria-label={t(compared ? 'sample.compared' : 'inbox.select', { name: person, type: typeName })} onChange={onSelect} />
        )}
        <h2>
          <Link to={`/people/${milestone.workerId}?milestones=${milestone.id}`}>{person}</Link> · {typeName}
        </h2>
        <span>
          {dayText(milestone.occurredOn)}
          {milestone.until && t('milestone.until', { day: dayText(milestone.until) })}
        </span>
        {isAhead(milestone, framework) && <b className="ahead">{t('milestone.ahead', { day: dayText(lastDay(milestone.occurredOn)) })}</b>}
      </div>
      <p className="hint">
        {[milestone.workerNumber, milestone.staffNumber && t('codes.staffNumber', { number: milestone.staffNumber }), milestone.organization]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>
        {Object.entries(milestone.attributes)
          .map(([code, value]) => `${name(byCode(type?.attributes ?? [], code), code)}${t('colon')}${valueText(framework, type, code, value)}`)
          .join(' · ')}
      </p>
      {milestone.ended && (
        <p>
          {t(milestone.ended.kind === 'revoked' ? 'milestone.revoked' : 'milestone.ended')}
          {t('colon')}
          {t('milestone.endedBecause', { day: dayText(milestone.ended.on), reason: milestone.ended.reason })}
        </p>
      )}
      {milestone.evidence.map((one, i) => (
        <p key={i}>
          {name(byCode(framework.evidenceTypes, one.type), one.type)}
          {t('colon')}
          {one.reference}
        </p>
      ))}
      {!(milestone.ended && milestone.state === 'submitted') && milestone.grants.map((grant) => {
        const rung = rungOf(framework, grant.channel, grant.rung);
        const said = { channel: name(byCode(framework.channels, grant.channel)), rung: name(rung, grant.rung), level: grant.level };
        return <p key={grant.channel + grant.rung}>{t(grant.mode !== 'direct' ? 'log.supports' : milestone.state === 'verified' ? 'inbox.gives' : 'inbox.wouldGive', said)}</p>;
      })}
      {milestone.state === 'submitted' && milestone.revision > 1 && <Corrected {...{ framework, milestone }} />}
      <Warnings workerId={milestone.workerId} isSelf={false} warnings={milestone.warnings.filter((one) => one.code !== 'not-yet')} />
      {milestone.reason && <p>{t('milestone.reason', { reason: milestone.reason })}</p>}
      {milestone.contested && objection && (
        <p className="objection">
          <b>{t('inbox.objection', { account: objection.recordedBy, at: instantText(objection.recordedAt, framework.timeZone) })}</b>{' '}
          {objection.reason}
        </p>
      )}
      <p className="hint">
        {t(milestone.state === 'submitted' ? 'inbox.recorded' : 'milestone.by', {
          account: milestone.recordedBy,
          at: instantText(milestone.recordedAt, framework.timeZone),
        })}
      </p>
      <div className="buttons">
        {judges && (
          <>
            {onVerify && (
              <button type="button" className="main" disabled={isBusy} onClick={onVerify}>
                {t('inbox.verify')}
              </button>
            )}
            <button type="button" onClick={() => onJudge('return')}>
              {t('inbox.return')}
            </button>
            <button type="button" className="danger" onClick={() => onJudge('reject')}>
              {t('inbox.reject')}
            </button>
          </>
        )}
        {milestone.contested && (
          <button type="button" className="main" onClick={() => onJudge('answer')}>
            {t('act.answer')}
          </button>
        )}
        {(milestone.contested || milestone.state === 'returned') && milestone.actions.includes('correct') && (
          <Link className={milestone.contested ? 'button' : 'button main'} to={`/people/${milestone.workerId}/milestones/${milestone.id}/correct`}>
            {t('correct.open')}
          </Link>
        )}
        {milestone.state === 'submitted' && (
          <button type="button" className="link" aria-expanded={asksWhy} onClick={() => setAsksWhy(!asksWhy)}>
            {t('inbox.why')}
          </button>
        )}
      </div>
      {asksWhy && <Why milestone={milestone} />}
    </li>
  );
}
