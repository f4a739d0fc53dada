import { Link, useParams } from 'react-router';
import { Person } from '../person/Person';
import { useTitle } from '../ui/useTitle';
import { useWords } from '../words/words';

/** A worker as his officer or verifier sees him: the same grid. */
export function PersonPage() {
  const { t } = useWords();
  const { workerId } = useParams();
  useTitle(t('people.heading'));
  return (
    <>
      <div className="buttons page-tools">
        <Link to="/people">{t('people.heading')}</Link>
        <Link to={`/people/${workerId}/log`} className="button main">
          {t('log.button')}
        </Link>
      </div>
      <Person key={workerId} workerId={workerId!} isSelf={false} />
    </>
  );
}
