import { useTitle } from '../ui/useTitle';
import { useWords } from '../words/words';
import { Person } from './Person';

export function MyPage({ workerId }: { workerId: string }) {
  const { t } = useWords();
  useTitle(t('nav.mine'));
  return <Person workerId={workerId} isSelf />;
}
