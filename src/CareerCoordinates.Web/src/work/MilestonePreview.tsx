import type { Schemas } from '../api/client';
import { byCode, type Framework, type MilestoneType, rungOf } from '../api/framework';
import { useCoordinate, useMilestones, useTrajectory } from '../api/questions';
import { CareerGrid } from '../grid/CareerGrid';
import { useWords } from '../words/words';

interface GrantsProps {
  framework: Framework;
  workerId: string;
  grants: MilestoneType['grants'];
}

/** Which rungs the content of a form would give, or back an application for. */
export function Grants({ framework, workerId, grants }: GrantsProps) {
  const { t, name } = useWords();
  const standings = useCoordinate(workerId).data?.channels ?? [];
  return (
    <div className="card" role="status">
      {grants.map((grant) => {
        const rung = rungOf(framework, grant.channel, grant.rung);
        const said = { channel: name(byCode(framework.channels, grant.channel)), rung: name(rung), level: rung?.level ?? '' };
        const held = rungOf(framework, grant.channel, standings.find((one) => one.channel === grant.channel)?.rung ?? null);
        const isLower = grant.mode === 'direct' && held !== undefined && held.order > (rung?.order ?? 0);
        return (
          <p key={grant.channel + grant.rung}>
            {t(isLower ? 'log.lower' : grant.mode === 'direct' ? 'log.grants' : 'log.supports', { ...said, held: name(held) })}
          </p>
        );
      })}
      {grants.length === 0 && <p>{t('log.noGrant')}</p>}
    </div>
  );
}

interface Props extends GrantsProps {
  type: MilestoneType;
  careerStart: string | null;
  today: string;
  on: string;
  /** The milestone that it corrects: it is drawn in its stead. */
  instead?: string;
}

/** The worker's grid with the new milestone on it, hollow as what waits. */
export function MilestonePreview({ framework, type, workerId, careerStart, today, on, grants, instead }: Props) {
  const { t, name } = useWords();
  const trajectory = useTrajectory(workerId).data;
  const milestones = useMilestones(workerId).data;
  if (!trajectory || !milestones) return null;
  const draft = {
    id: 'draft',
    type: type.code,
    occurredOn: on,
    counting: null,
    state: 'submitted',
    grants: grants.map((grant) => ({ ...grant, level: rungOf(framework, grant.channel, grant.rung)?.level ?? 1 })),
  } as unknown as Schemas['Milestone'];
  const start = careerStart ?? `${(trajectory.points[0]?.from ?? today).slice(0, 4)}-01-01`;
  return (
    <div className="card">
      <h2 className="card-title">{t('log.place')}</h2>
      <CareerGrid
        framework={framework}
        start={start}
        hasStages={careerStart !== null}
        trajectory={trajectory}
        milestones={[...milestones.filter((one) => one.id !== instead && one.state !== 'voided'), draft]}
        steps={undefined}
        asOf={today}
        isToday
        yearsInCareer={null}
        onChoose={() => {}}
        nameOf={(id) => name(id === 'draft' ? type : byCode(framework.milestoneTypes, milestones.find((one) => one.id === id)?.type))}
      />
    </div>
  );
}
