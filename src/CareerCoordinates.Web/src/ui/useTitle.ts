import { useEffect } from 'react';
import { useWords } from '../words/words';

/** The page's title in the browser. */
export function useTitle(title: string) {
  const { t } = useWords();
  const app = t('app');
  useEffect(() => {
    document.title = title ? `${title} · ${app}` : app;
  }, [title, app]);
}
