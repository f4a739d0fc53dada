import { Link } from 'react-router';
import { addressOf } from '../api/client';
import { useTitle } from '../ui/useTitle';
import { useWords } from '../words/words';
import { Contest } from './Contest';
import { Person } from './Person';

export function MyPage({ workerId }: { workerId: string }) {
  const { t } = useWords();
  useTitle(t('nav.mine'));
  return (
    <Person
      workerId={workerId}
      isSelf
      tools={(milestone) => (
        <>
          {milestone.actions.includes('correct') && (
            <p>
              <Link to={`/mine/milestones/${milestone.id}/correct`}>{t('correct.open')}</Link>
            </p>
          )}
          {milestone.state !== 'voided' && <Contest milestone={milestone} />}
        </>
      )}
    >
      <div className="buttons own-tools">
        <Link to="/mine/log" className="button main">
          {t('log.own')}
        </Link>
        <Link to="/mine/sheet" className="button">
          {t('sheet.open')}
        </Link>
        <a className="button" href={addressOf('/api/v1/me/record', {})} download="record.json">
          {t('person.download')}
        </a>
      </div>
    </Person>
  );
}
