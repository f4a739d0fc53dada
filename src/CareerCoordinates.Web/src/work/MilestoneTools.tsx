import { useState } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { useMe } from '../api/questions';
import { failureText } from '../ui/Answers';
import { type Act, ActForm } from './ActForm';
import { useVerification, whoCan, whyNot } from './Who';
import { useWords } from './words';

interface Props {
  framework: Framework;
  milestone: Schemas['Milestone'];
  record: Schemas['RecordMilestone'];
  today: string;
  judges: boolean;
  keeps: boolean;
}

/** What the one who looks can do with a milestone of somebody else; and what not, why, and who can. */
export function MilestoneTools({ framework, milestone, record, today, judges, keeps }: Props) {
  const { t } = useWords();
  const me = useMe().data;
  const verification = useVerification(milestone);
  const [act, setAct] = useState<Act | null>(null);
  const [done, setDone] = useState('');
  if (verification.isLoadingError) return <p className="fault">{failureText(verification.error)}</p>;
  if (!verification.data || !me) return <p role="status">{t('waiting')}</p>;

  const { mayVerify, because, nearest, mayVoid, voidBecause, nearestToVoid } = verification.data;
  const states = milestone.actions;
  const recorder = [...record.revisions].reverse().find((one) => one.state === 'submitted')?.recordedBy;
  const can: Record<Act, boolean> = {
    verify: judges && mayVerify,
    return: judges && mayVerify,
    reject: judges && mayVerify,
    end: true,
    withdraw: recorder === me.account,
    void: mayVoid,
    answer: milestone.contested,
    contest: keeps && !milestone.contested && milestone.state !== 'voided',
  };
  const open = (Object.keys(can) as Act[]).filter((one) => states.includes(one) && can[one]);
  const shut = [
    states.includes('verify') && !can.verify && t('why.not', { act: t('act.verify'), why: `${whyNot(t, because)} ${whoCan(t, nearest)}` }),
    states.includes('withdraw') && !can.withdraw && t('why.not', { act: t('act.withdraw'), why: t('why.recorder', { account: recorder ?? '' }) }),
    states.includes('void') && !can.void && t('why.not', { act: t('act.void'), why: `${whyNot(t, voidBecause)} ${whoCan(t, nearestToVoid)}` }),
    states.includes('end') && !mayVoid && t('why.endWaits'),
    milestone.state === 'voided' && t('why.voided'),
  ].filter((one) => one !== false);

  return (
    <div className="tools">
      {done && (
        <p className="note" role="status">
          {done}
        </p>
      )}
      {act ? (
        <>
          <h3>{t(`act.${act}`)}</h3>
          <ActForm
            key={act}
            framework={framework}
            milestone={milestone}
            act={act}
            today={today}
            onClose={() => setAct(null)}
            onDone={(after) => {
              setDone(t('act.done', { act: t(`act.${act}`), state: t(`state.${after.state}`) }));
              setAct(null);
            }}
          />
        </>
      ) : (
        <div className="buttons">
          {states.includes('correct') && (
            <Link className="button" to={`/people/${milestone.workerId}/milestones/${milestone.id}/correct`}>
              {t('correct.open')}
            </Link>
          )}
          {open.map((one) => (
            <button key={one} type="button" className={one === 'verify' || one === 'answer' ? 'main' : one === 'void' || one === 'reject' ? 'danger' : undefined} onClick={() => setAct(one)}>
              {t(`act.${one}`)}
            </button>
          ))}
        </div>
      )}
      {shut.length > 0 && (
        <ul className="hint">
          {shut.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
