import { Conflict, type ConflictRow } from '../ui/Conflict';
import { useWords } from './words';

interface Props {
  /** As it is now. */
  now: { recordedBy: string; voided: boolean };
  rows: ConflictRow[];
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody else changed meanwhile what is being corrected: what differs, and the choice. */
export function CorrectionConflict({ now, rows, onMine, onTheirs }: Props) {
  const { t } = useWords();
  return (
    <Conflict
      who={t('conflict.by', { account: now.recordedBy })}
      rows={rows.filter((row) => row.theirs !== row.mine)}
      mineIs="written"
      onMine={now.voided ? null : onMine}
      mineWords={t('conflict.takeMine')}
      onTheirs={onTheirs}
    />
  );
}
