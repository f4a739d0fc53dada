import { Link, useParams } from 'react-router';
import { useCoordinate, useFramework } from '../api/questions';
import { Person } from '../person/Person';
import { useTitle } from '../ui/useTitle';
import { Affiliations } from './Affiliations';
import { MilestoneTools } from './MilestoneTools';
import { PersonalData } from './PersonalData';
import { useWords } from './words';

interface Props {
  judges: boolean;
  keeps: boolean;
}

/** A worker as his officer or verifier sees him: the same grid, and what can be done with each milestone. */
export function PersonPage({ judges, keeps }: Props) {
  const { t } = useWords();
  const workerId = useParams().workerId!;
  useTitle(t('people.heading'));
  const coordinate = useCoordinate(workerId).data;
  const framework = useFramework(coordinate?.framework).data;
  return (
    <>
      <div className="buttons page-tools">
        <Link to="/people">{t('people.heading')}</Link>
        <span className="buttons">
          {keeps && (
            <Link to={`/people/${workerId}/claim-code`} className="button">
              {t('codes.one')}
            </Link>
          )}
          <Link to={`/people/${workerId}/sheet`} className="button">
            {t('sheet.open')}
          </Link>
          <Link to={`/people/${workerId}/log`} className="button main">
            {t('log.button')}
          </Link>
        </span>
      </div>
      <Person
        key={workerId}
        workerId={workerId}
        isSelf={false}
        tools={(milestone, record) =>
          framework &&
          coordinate && (
            <MilestoneTools {...{ framework, milestone, record, judges, keeps }} today={coordinate.asOf} />
          )
        }
      />
      <PersonalData workerId={workerId} keeps={keeps} />
      {framework && coordinate && <Affiliations {...{ framework, workerId, keeps }} today={coordinate.asOf} />}
    </>
  );
}
