import { useWords } from '../words/words';

interface Props {
  /** Left out where it says no more than that there is more. */
  words?: string;
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** Asks for the next page of a list. It keeps the focus while it waits, which a disabled button would lose. */
export function More({ list, words }: Props) {
  const { t } = useWords();
  if (!list.hasNextPage) return null;
  return (
    <button type="button" aria-disabled={list.isFetchingNextPage || undefined} onClick={() => !list.isFetchingNextPage && void list.fetchNextPage()}>
      {list.isFetchingNextPage ? t('waiting') : (words ?? t('more'))}
    </button>
  );
}
