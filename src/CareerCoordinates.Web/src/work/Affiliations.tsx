import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { useRecord } from '../api/questions';
import { Failure } from '../ui/Answers';
import { Dialog } from '../ui/Dialog';
import { dayText } from '../words/days';
import { EndAffiliation } from './EndAffiliation';
import { NewAffiliation } from './NewAffiliation';
import { useWords } from './words';

type Affiliation = Schemas['Affiliation'];
type Doing = 'transfer' | 'add' | { end: Affiliation };

interface Props {
  framework: Framework;
  workerId: string;
  today: string;
  keeps: boolean;
}

/** Where somebody belongs and belonged; an officer transfers him, adds a place, ends one. */
export function Affiliations({ framework, workerId, today, keeps }: Props) {
  const { t, name } = useWords();
  const record = useRecord(workerId).data;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [done, setDone] = useState('');
  const affiliations = useQuery({
    queryKey: ['person', workerId, 'affiliations'],
    queryFn: () => ask(api.GET('/api/v1/workers/{workerId}/affiliations', { params: { path: { workerId } } })),
  });
  if (affiliations.isError) return <Failure error={affiliations.error} retry={() => void affiliations.refetch()} />;
  if (!affiliations.data || !record) return null;
  const items = [...affiliations.data.items].sort((a, b) => b.from.localeCompare(a.from));
  const isOver = (one: Affiliation) => one.until !== null && one.until < today;
  const placeOf = (one: Affiliation) =>
    one.externalName ?? record.affiliations.find((other) => other.id === one.id)?.organization ?? t('place.outside');
  const close = () => setDoing(null);
  const finish = (words: string) => {
    setDone(words);
    close();
  };
  return (
    <section aria-labelledby="places">
      <h2 id="places">{t('place.heading')}</h2>
      {done && (
        <p className="note" role="status">
          {done}
        </p>
      )}
      <div className="card">
        <ul className="plain-list places">
          {items.map((one) => (
            <li key={one.id}>
              <div className="chosen-head">
                <b>{placeOf(one)}</b>
                {one.primary && !isOver(one) && <span className="state">{t('place.primary')}</span>}
                {keeps && !isOver(one) && (
                  <button type="button" className="quiet" aria-label={t('place.endOne', { place: placeOf(one) })} onClick={() => setDoing({ end: one })}>
                    {t('place.end')}
                  </button>
                )}
              </div>
              <p className="hint">
                {[
                  t(`place.kind.${one.kind}`),
                  `${dayText(one.from)} – ${one.until ? dayText(one.until) : t('place.lasts')}`,
                  one.staffNumber && t('codes.staffNumber', { number: one.staffNumber }),
                  one.employmentForm && name(byCode(framework.employmentForms, one.employmentForm), one.employmentForm),
                  one.occupationCode && t('place.occupation', { code: one.occupationCode }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ul>
        {keeps && (
          <div className="buttons">
            <button type="button" onClick={() => setDoing('transfer')}>
              {t('place.transfer')}
            </button>
            <button type="button" onClick={() => setDoing('add')}>
              {t('place.add')}
            </button>
          </div>
        )}
      </div>
      {(doing === 'transfer' || doing === 'add') && (
        <Dialog title={t(`place.${doing}`)} onClose={close}>
          <NewAffiliation
            framework={framework}
            workerId={workerId}
            isTransfer={doing === 'transfer'}
            onClose={close}
            onDone={() => finish(t(doing === 'transfer' ? 'place.transferred' : 'place.wasAdded'))}
          />
        </Dialog>
      )}
      {doing !== null && typeof doing === 'object' && (
        <Dialog title={t('place.endOne', { place: placeOf(doing.end) })} onClose={close}>
          <EndAffiliation
            framework={framework}
            affiliation={doing.end}
            today={today}
            onClose={close}
            onDone={() => finish(t('place.ended', { place: placeOf(doing.end) }))}
          />
        </Dialog>
      )}
    </section>
  );
}
