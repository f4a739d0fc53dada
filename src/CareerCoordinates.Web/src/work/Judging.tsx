import type { Schemas } from '../api/client';
import type { Framework } from '../api/framework';
import { Dialog } from '../ui/Dialog';
import { type Act, ActForm } from './ActForm';
import { useWords } from './words';

export type Verdict = Extract<Act, 'return' | 'reject' | 'answer'>;

interface Props {
  framework: Framework;
  milestone: Schemas['Milestone'];
  verdict: Verdict;
  onClose: () => void;
  onDone: () => void;
}

/** Returned, rejected or answered, with the reason that the other side reads. */
export function Judging({ framework, milestone, verdict, onClose, onDone }: Props) {
  const { t } = useWords();
  return (
    <Dialog title={t(`act.${verdict}`)} onClose={onClose}>
      <ActForm framework={framework} milestone={milestone} act={verdict} today="" onClose={onClose} onDone={onDone} />
    </Dialog>
  );
}
