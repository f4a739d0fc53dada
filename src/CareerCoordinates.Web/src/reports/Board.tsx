import type { Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { Failure, Waiting } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { useTitle } from '../ui/useTitle';
import { useAddress } from './address';
import { Answered } from './Answered';
import { FilterBar } from './FilterBar';
import { dimensions, groupingOf } from './names';
import { Grid, PositionsBy, PositionsPerChannel } from './Positions';
import { choosesCounts, countsOf, savesReports } from './roles';
import { type Question, useReport } from './source';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  grants: Schemas['Me']['grants'];
}

/** Where the workers stand on a day: on the grid, in each channel, and by one dimension. */
export function Board({ framework, grants }: Props) {
  const { t } = useReportWords();
  useTitle(t('board.heading'));
  const { get, set, common } = useAddress();
  const counts = countsOf(grants, common.counts);
  const saves = savesReports(grants);
  const question: Question = { ...common, asOf: get('asOf') };
  const by = get('by') ?? dimensions[0];
  const byQuestion: Question = { ...question, ...groupingOf(by) };
  const grid = useReport('grid', question);
  const positions = useReport('positions', question);
  const grouped = useReport('positions', byQuestion);
  const isOld = grid.isPlaceholderData || positions.isPlaceholderData || grouped.isPlaceholderData;
  return (
    <>
      <h1>{t('board.heading')}</h1>
      <FilterBar framework={framework} counts={counts} chooses={choosesCounts(grants)} days={[['asOf']]} />
      <Answered framework={framework} answer={grid} isOld={isOld} leads>
        {(answer) => (
          <>
            <Grid framework={framework} answer={answer} source={{ report: 'grid', question }} saves={saves} />
            {positions.isLoadingError && <Failure error={positions.error} retry={() => void positions.refetch()} />}
            {positions.isLoading && <Waiting />}
            {positions.data && <PositionsPerChannel framework={framework} answer={positions.data} source={{ report: 'positions', question }} saves={saves} />}
            <div className="by">
              <Choice
                label={t('board.by')}
                value={by}
                options={dimensions.map((one) => [one, t(`dimension.${one}`)])}
                onChoose={(value) => set({ by: value === dimensions[0] ? undefined : value })}
              />
            </div>
            {grouped.isLoadingError && <Failure error={grouped.error} retry={() => void grouped.refetch()} />}
            {grouped.isLoading && <Waiting />}
            {grouped.data && (
              <PositionsBy
                framework={framework}
                answer={grouped.data}
                source={{ report: 'positions', question: byQuestion }}
                saves={saves}
                title={t('board.workersBy', { dimension: t(`dimension.${by as (typeof dimensions)[number]}`) })}
              />
            )}
          </>
        )}
      </Answered>
    </>
  );
}
