import { type Count, exactShareText, isShown, numberText } from './numbers';
import { useReportWords } from './words';

/** A number as it was told; one that is not, is said to screen readers, too. */
export function Told({ count, isShare = false }: { count: Count | null; isShare?: boolean }) {
  const { t } = useReportWords();
  if (count === null) return <>–</>;
  return isShown(count) ? <>{isShare ? exactShareText(count) : numberText(count, 4)}</> : <span title={t('protected.short')}>{count === 'hidden' ? t('protected.hidden') : count}</span>;
}
