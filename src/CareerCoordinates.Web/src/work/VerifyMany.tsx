import type { Schemas } from '../api/client';
import { byCode, type Framework, rungOf } from '../api/framework';
import { Dialog } from '../ui/Dialog';
import { dayText, lastDay, todayIn } from '../words/days';
import { useWords } from './words';

interface Props {
  framework: Framework;
  milestones: Schemas['Milestone'][];
  onClose: () => void;
  onVerify: () => void;
}

/** Asked once before several are verified, or one that lies ahead: whose they are and what they give. */
export function VerifyMany({ framework, milestones, onClose, onVerify }: Props) {
  const { t, name } = useWords();
  const today = todayIn(framework.timeZone);
  const ahead = milestones.filter((one) => lastDay(one.occurredOn) > today).length;
  return (
    <Dialog title={t('inbox.verifySelected', { number: milestones.length })} onClose={onClose}>
      <p>{t('inbox.sure', { number: milestones.length })}</p>
      {ahead > 0 && <p className="note warning">{t('inbox.sureAhead', { number: ahead })}</p>}
      <ul className="found plain-list" tabIndex={0} aria-label={t('inbox.verifySelected', { number: milestones.length })}>
        {milestones.map((one) => (
          <li key={one.id}>
            <b>{one.workerName ?? t('person.erased')}</b> · {name(byCode(framework.milestoneTypes, one.type), one.type)} · {dayText(one.occurredOn)}
            {one.ended && ` · ${t('milestone.ended')} ${dayText(one.ended.on)}`}
            {one.grants
              .filter((grant) => grant.mode === 'direct' && !one.ended)
              .map((grant) => (
                <small key={grant.channel}>
                  {' '}
                  → {name(rungOf(framework, grant.channel, grant.rung), grant.rung)} · {t('grid.level', { level: grant.level })}
                </small>
              ))}
          </li>
        ))}
      </ul>
      <div className="buttons">
        <button type="button" className="main" onClick={onVerify}>
          {t('inbox.verify')}
        </button>
        <button type="button" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </Dialog>
  );
}
