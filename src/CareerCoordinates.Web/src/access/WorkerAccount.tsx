import type { Schemas } from '../api/client';
import { Password } from '../admin/OwnAccount';
import { useTitle } from '../ui/useTitle';
import { useWords } from '../words/words';

/** The account of a worker who has no role: its name and its password. */
export function WorkerAccount({ me }: { me: Schemas['Me'] }) {
  const { t } = useWords();
  useTitle(t('nav.own'));
  return (
    <>
      <h1>{t('nav.own')}</h1>
      <section className="card" aria-labelledby="password">
        <h2 id="password">{me.account}</h2>
        <Password />
      </section>
    </>
  );
}
