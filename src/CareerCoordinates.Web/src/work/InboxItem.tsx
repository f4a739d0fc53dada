import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import { byCode, type Framework, rungOf } from '../api/framework';
import { valueText } from '../person/requirement';
import { failureText } from '../ui/Answers';
import { dayText, instantText } from '../words/days';
import { useWords } from '../words/words';
import type { Verdict } from './Judging';

interface Props {
  framework: Framework;
  milestone: Schemas['Milestone'];
  person: string;
  judges: boolean;
  isBusy: boolean;
  isSelected: boolean;
  onSelect: () => void;
  onVerify: () => void;
  onJudge: (verdict: Verdict) => void;
}

export function InboxItem({ framework, milestone, person, judges, isBusy, isSelected, onSelect, onVerify, onJudge }: Props) {
  const { t, name } = useWords();
  const [asksWhy, setAsksWhy] = useState(false);
  const type = byCode(framework.milestoneTypes, milestone.type);
  const typeName = name(type, milestone.type);
  return (
    <li className="card inbox-item">
      <div className="inbox-head">
        {judges && (
          <input type="checkbox" checked={isSelected} aria-label={t('inbox.select', { name: person, type: typeName })} onChange={onSelect} />
        )}
        <h2>
          <Link to={`/people/${milestone.workerId}`}>{person}</Link> · {typeName}
        </h2>
        <span>
          {dayText(milestone.occurredOn)}
          {milestone.until && t('milestone.until', { day: dayText(milestone.until) })}
        </span>
      </div>
      <p>
        {Object.entries(milestone.attributes)
          .map(([code, value]) => `${name(byCode(type?.attributes ?? [], code), code)}: ${valueText(framework, type, code, value)}`)
          .join(' · ')}
      </p>
      {milestone.ended && (
        <p>
          {t(milestone.ended.kind === 'revoked' ? 'milestone.revoked' : 'milestone.ended')}:{' '}
          {t('milestone.endedBecause', { day: dayText(milestone.ended.on), reason: milestone.ended.reason })}
        </p>
      )}
      {milestone.evidence.map((one, i) => (
        <p key={i}>
          {name(byCode(framework.evidenceTypes, one.type), one.type)}: {one.reference}
        </p>
      ))}
      {milestone.grants.map((grant) => {
        const rung = rungOf(framework, grant.channel, grant.rung);
        const said = { channel: name(byCode(framework.channels, grant.channel)), rung: name(rung, grant.rung), level: grant.level };
        return <p key={grant.channel + grant.rung}>{t(grant.mode === 'direct' ? 'log.grants' : 'log.supports', said)}</p>;
      })}
      {milestone.reason && <p>{t('milestone.reason', { reason: milestone.reason })}</p>}
      <p className="hint">
        {t(milestone.state === 'submitted' ? 'inbox.recorded' : 'milestone.by', {
          account: milestone.recordedBy,
          at: instantText(milestone.recordedAt, framework.timeZone),
        })}
      </p>
      <div className="buttons">
        {judges && (
          <>
            <button type="button" className="main" disabled={isBusy} onClick={onVerify}>
              {t('inbox.verify')}
            </button>
            <button type="button" onClick={() => onJudge('return')}>
              {t('inbox.return')}
            </button>
            <button type="button" className="danger" onClick={() => onJudge('reject')}>
              {t('inbox.reject')}
            </button>
          </>
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

/** Whether the one who asks may verify it, why not, and who can. */
function Why({ milestone }: { milestone: Schemas['Milestone'] }) {
  const { t } = useWords();
  const path = { workerId: milestone.workerId, milestoneId: milestone.id };
  const answer = useQuery({
    queryKey: ['inbox', 'verification', milestone.id, milestone.revision],
    queryFn: () => ask(api.GET('/api/v1/workers/{workerId}/milestones/{milestoneId}/verification', { params: { path } })),
  });
  if (answer.isError) return <p className="fault">{failureText(answer.error)}</p>;
  if (!answer.data) return <p role="status">{t('waiting')}</p>;
  const { mayVerify, because, nearest } = answer.data;
  return (
    <div role="status">
      {mayVerify && <p>{t('inbox.canVerify')}</p>}
      {because.map((one) => (
        <p key={one.code}>{one.detail}</p>
      ))}
      {!mayVerify && <p>{nearest?.name ? t('inbox.nearest', { name: nearest.name }) : t('inbox.noNearest')}</p>}
    </div>
  );
}
