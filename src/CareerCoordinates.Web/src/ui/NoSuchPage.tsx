import { useWords } from '../words/words';
import { Message } from './Message';

/** In the place of a page that is not there, or not for whoever is signed in: which of them it is, it leaves open. */
export function NoSuchPage() {
  const { t } = useWords();
  return <Message title={t('notFound.title')}>{t('notFound')}</Message>;
}
