import { useLocation } from 'react-router';
import { useWords } from '../words/words';
import { Message } from './Message';

/** Pages that some accounts have and others do not. */
const ofSome = /^\/(work|people|organizations|inbox|imports|claim-codes|reports|accounts|audit|mine|accesses)(\/|$)/;

/** In the place of a page that is not there, or not for whoever is signed in. */
export function NoSuchPage() {
  const { t } = useWords();
  const { pathname } = useLocation();
  const why = ofSome.test(pathname) ? 'notYours' : 'notFound';
  return <Message title={t(`${why}.title`)}>{t(why)}</Message>;
}
