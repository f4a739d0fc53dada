import { Link } from 'react-router';
import type { Framework } from '../api/framework';
import { type Count, isShown, numberText } from './numbers';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  countOf: (stage: string, level: number) => Count;
  /** Where the people of a cell are listed; undefined where they may not be. */
  peopleOf?: (stage: string, level: number) => string;
}

const shades = 6;

/** The grid as the workers see it, level 1 at the bottom, each cell shaded by how many stand there: a table that looks like its chart. */
export function HeatMap({ framework, countOf, peopleOf }: Props) {
  const { t, name } = useReportWords();
  const levels = [...framework.levels.map((one) => one.level)].sort((a, b) => b - a).concat(0);
  const unknowns = levels.map((level) => countOf('unknown', level));
  const hasUnknown = unknowns.some((count) => !isShown(count) || count > 0);
  const stages = [...framework.stages.map((one) => one.code), ...(hasUnknown ? ['unknown'] : [])];
  const most = Math.max(1, ...stages.flatMap((stage) => levels.map((level) => countOf(stage, level)).filter(isShown)));
  const shadeOf = (count: Count) =>
    !isShown(count) ? 'untold' : count <= 0 ? 'heat-0' : `heat-${Math.max(1, Math.ceil(Math.sqrt(count / most) * shades))}`;
  const stageName = (code: string) => {
    const stage = framework.stages.find((one) => one.code === code);
    return stage ? name(stage) : t('stage.unknown');
  };
  return (
    <>
      <div className="heat-holder" tabIndex={0} role="region" aria-label={t('grid.caption')}>
        <table className="heat">
          <caption className="unseen">{t('grid.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">{t('people.level')}</span>
              </th>
              {stages.map((stage) => (
                <th key={stage} scope="col">
                  <span>{stageName(stage)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {levels.map((level) => (
              <tr key={level}>
                <th scope="row">
                  {level === 0 ? (
                    <>
                      <span className="wide-only">{t('filter.noLevel')}</span>
                      <span className="narrow-only">{t('grid.none')}</span>
                    </>
                  ) : (
                    <>
                      {t('grid.level', { level })}
                      <span className="wide-only"> {name(framework.levels.find((one) => one.level === level))}</span>
                    </>
                  )}
                </th>
                {stages.map((stage) => {
                  const count = countOf(stage, level);
                  const said = isShown(count) ? numberText(count) : count;
                  return (
                    <td key={stage} className={shadeOf(count)}>
                      {peopleOf && isShown(count) && count > 0 ? (
                        <Link to={peopleOf(stage, level)} aria-label={t('grid.cell', { stage: stageName(stage), level, number: said })}>
                          {said}
                        </Link>
                      ) : (
                        <span className={count === 0 ? 'nobody' : undefined}>{said}</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="heat-legend" aria-hidden="true">
        {t('grid.fewer')}
        {Array.from({ length: shades }, (_, at) => (
          <span key={at} className={`swatch heat-${at + 1}`} />
        ))}
        {t('grid.more')}
        {[...unknowns, ...stages.flatMap((stage) => levels.map((level) => countOf(stage, level)))].some((count) => !isShown(count)) && (
          <>
            <span className="swatch untold" /> {t('grid.untold')}
          </>
        )}
      </p>
    </>
  );
}
