import type { Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { Failure } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { useTitle } from '../ui/useTitle';
import { Annual } from './Annual';
import { useAddress } from './address';
import { Answered } from './Answered';
import { todayIn } from './clock';
import { FilterBar } from './FilterBar';
import { Indicators } from './Indicators';
import { choosesCounts, countsOf, savesReports } from './roles';
import { type Question, useReport } from './source';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  grants: Schemas['Me']['grants'];
}

/** How many years back are offered. */
const offered = 10;

/** The reporting year: each line beside the year before, and all indicators with what they are broken down by. */
export function Year({ framework, grants }: Props) {
  const { t } = useReportWords();
  useTitle(t('year.heading'));
  const { get, set, number, common } = useAddress();
  const today = todayIn(framework.timeZone);
  const yearKind = (get('yearKind') ?? 'calendar') as Schemas['YearKind'];
  const lastOver = Number(today.slice(0, 4)) - (yearKind === 'october' && today.slice(5) > '09-30' ? 0 : 1);
  const year = number('year') ?? lastOver;
  const counts = countsOf(grants, common.counts);
  // A year that is not over is counted for exact counts only.
  const first = counts === 'exact' ? lastOver + 1 : lastOver;
  const years = Array.from({ length: offered }, (_, back) => first - back);
  const question: Question = { ...common, year, yearKind };
  const annual = useReport('annual', question);
  const indicators = useReport('indicators', question);
  const saves = savesReports(grants);
  return (
    <>
      <h1>{t('year.heading')}</h1>
      <div className="row year">
        <Choice
          label={t('year.year')}
          value={String(year)}
          options={[...new Set([...years, year])].map((one) => [String(one), String(one)])}
          onChoose={(value) => set({ year: value })}
        />
        <Choice
          label={t('year.kind')}
          value={yearKind}
          options={[
            ['calendar', t('year.calendar')],
            ['october', t('year.october')],
          ]}
          onChoose={(value) => set({ yearKind: value })}
        />
      </div>
      <FilterBar framework={framework} counts={counts} chooses={choosesCounts(grants)} days={[]} />
      <Answered framework={framework} answer={annual}>
        {(answer) => (
          <>
            <Annual answer={answer} source={{ report: 'annual', question }} saves={saves} />
            {indicators.isLoadingError && <Failure error={indicators.error} retry={() => void indicators.refetch()} />}
            {indicators.data && <Indicators framework={framework} answer={indicators.data} source={{ report: 'indicators', question }} saves={saves} />}
          </>
        )}
      </Answered>
    </>
  );
}
