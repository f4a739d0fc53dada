import type { Schemas } from '../api/client';
import { byCode, type Framework, rungOf } from '../api/framework';
import { Sign } from '../grid/Symbol';
import { LongList } from '../ui/LongList';
import { dayText, lastDay } from '../words/days';
import { useWords } from '../words/words';
import { isAhead, raised } from './content';

interface Props {
  framework: Framework;
  trajectory: Schemas['Trajectory'];
  milestones: Schemas['Milestone'][];
  /** Those that count no more: apart, and out of the way. */
  voided: Schemas['Milestone'][];
  onChoose: (milestoneIds: string[]) => void;
}

/** All milestones, the newest first: the same as the grid, as a list. */
export function Timeline({ framework, trajectory, milestones, voided, onChoose }: Props) {
  const { t } = useWords();
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{t('timeline.heading', { number: milestones.length })}</h2>
      {milestones.length === 0 && <p className="card">{t('timeline.none')}</p>}
      <List {...{ framework, trajectory }} milestones={milestones} onChoose={onChoose} />
      {voided.length > 0 && (
        <details>
          <summary>{t('timeline.voided', { number: voided.length })}</summary>
          <List {...{ framework, trajectory }} milestones={voided} onChoose={onChoose} />
        </details>
      )}
    </section>
  );
}

function List({ framework, trajectory, milestones, onChoose }: Omit<Props, 'voided'>) {
  const { t, name } = useWords();
  const sorted = [...milestones].sort((a, b) => lastDay(b.occurredOn).localeCompare(lastDay(a.occurredOn)));
  return (
    <div className="timeline">
      <LongList items={sorted} height={60}>
        {(milestone) => {
          const grant = milestone.grants.find((one) => one.mode === 'direct');
          const channel = grant ? framework.channels.findIndex((one) => one.code === grant.channel) : -1;
          const ahead = isAhead(milestone, framework);
          const counts = milestone.counting !== null && !ahead;
          return (
            <li key={milestone.id}>
              <button type="button" onClick={() => onChoose([milestone.id])}>
                <Sign channel={channel < 0 ? null : channel} look={counts ? 'filled' : 'hollow'} />
                <time dateTime={milestone.occurredOn}>{dayText(milestone.occurredOn)}</time>
                <span className="what">
                  {name(byCode(framework.milestoneTypes, milestone.type), milestone.type)}
                  {grant && (
                    <small>
                      {name(rungOf(framework, grant.channel, grant.rung), grant.rung)} · {t('grid.level', { level: grant.level })}
                      {counts && !raised(milestone, trajectory) && ` · ${t('milestone.noRaise')}`}
                    </small>
                  )}
                  {ahead && <small className="ahead">{t('milestone.ahead', { day: dayText(lastDay(milestone.occurredOn)) })}</small>}
                </span>
                <span className={`state ${milestone.state}`}>
                  {t(`state.${milestone.state}`)}
                  {milestone.counting !== null && milestone.state !== 'verified' && ` · ${t('milestone.stillCounts')}`}
                  {milestone.contested && ` · ${t('milestone.contested')}`}
                </span>
              </button>
            </li>
          );
        }}
      </LongList>
    </div>
  );
}
