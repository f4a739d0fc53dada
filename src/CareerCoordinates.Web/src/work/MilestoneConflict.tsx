import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { type Content, contentRows } from '../person/content';
import { Conflict } from '../ui/Conflict';
import { instantText } from '../words/days';
import { useWords } from '../words/words';

interface Props {
  framework: Framework;
  /** As it is now. */
  now: Schemas['Milestone'];
  mine: Content;
  mineIs: 'written' | 'seen';
  onMine: (() => void) | null;
  mineWords: string;
  onTheirs: () => void;
}

/** A milestone that somebody else changed meanwhile. */
export function MilestoneConflict({ framework, now, mine, ...choice }: Props) {
  const { t } = useWords();
  const said = { state: t(`state.${now.state}`), account: now.recordedBy, at: instantText(now.recordedAt, framework.timeZone) };
  const rows = contentRows(framework, byCode(framework.milestoneTypes, now.type), now, mine)
    .filter((row) => row.differs)
    .map((row) => ({ label: row.label, theirs: row.left, mine: row.right }));
  const who = `${t('conflict.who', said)}${now.reason ? ` ${t('milestone.reason', { reason: now.reason })}` : ''}`;
  return <Conflict who={who} rows={rows} {...choice} />;
}
