import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { contentRows } from '../person/content';
import { useWords } from './words';

/** What a correction that waits would change of what counts now. */
export function Corrected({ framework, milestone }: { framework: Framework; milestone: Schemas['Milestone'] }) {
  const { t } = useWords();
  const path = { workerId: milestone.workerId, milestoneId: milestone.id };
  const revisions = useQuery({
    queryKey: ['person', milestone.workerId, 'revisions', milestone.id, milestone.revision],
    queryFn: () => ask(api.GET('/api/v1/workers/{workerId}/milestones/{milestoneId}/revisions', { params: { path } })),
  });
  const items = revisions.data?.items;
  const before = items?.find((one) => one.revision === milestone.counting) ?? items?.filter((one) => one.revision < milestone.revision).at(-1);
  if (!before) return null;
  const rows = contentRows(framework, byCode(framework.milestoneTypes, milestone.type), before, milestone).filter((row) => row.differs);
  return (
    <div className="note warning">
      <b>{t('did.corrected')}</b>
      {rows.length === 0 && <p>{t('inbox.sameContent')}</p>}
      {rows.map((row) => (
        <p key={row.code}>
          {row.label}: {row.left} → <b>{row.right}</b>
        </p>
      ))}
    </div>
  );
}
