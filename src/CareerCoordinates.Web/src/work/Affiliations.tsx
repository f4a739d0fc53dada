import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { useRecord } from '../api/questions';
import { Failure } from '../ui/Answers';
import { Dialog } from '../ui/Dialog';
import { dayText } from '../words/days';
import type { Affiliation } from './affiliation';
import { CorrectAffiliation } from './CorrectAffiliation';
import { EndAffiliation } from './EndAffiliation';
import { NewAffiliation } from './NewAffiliation';
import { useWords } from './words';
import { VoidAffiliation } from './VoidAffiliation';

type Act = 'end' | 'correct' | 'void';
type Doing = 'transfer' | 'add' | { act: Act; one: Affiliation };

interface Props {
  framework: Framework;
  workerId: string;
  today: string;
  keeps: boolean;
}

/** Where somebody belongs and belonged; an officer transfers him, adds a place, ends, corrects or voids one. */
export function Affiliations({ framework, workerId, today, keeps }: Props) {
  const { t, name } = useWords();
  const record = useRecord(workerId).data;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [done, setDone] = useState('');
  const client = useQueryClient();
  const affiliations = useQuery({
    queryKey: ['person', workerId, 'affiliations'],
    queryFn: () => ask(api.GET('/api/v1/workers/{workerId}/affiliations', { params: { path: { workerId } } })),
  });
  if (affiliations.isLoadingError) return <Failure error={affiliations.error} retry={() => void affiliations.refetch()} />;
  if (!affiliations.data || !record) return null;
  const items = [...affiliations.data.items].sort((a, b) => b.from.localeCompare(a.from));
  const isOver = (one: Affiliation) => one.until !== null && one.until < today;
  const placeOf = (one: Affiliation) =>
    one.externalName ?? record.affiliations.find((other) => other.id === one.id)?.organization ?? t('place.outside');
  const isAhead = (one: Affiliation) => one.from > today;
  const renew = () => client.invalidateQueries({ queryKey: ['person', workerId] });
  // Whatever became of it: what is shown is asked anew.
  const close = () => {
    setDoing(null);
    void renew();
  };
  // Not before the list is the new one: who goes on at once would change what stood before.
  const finish = async (words: string) => {
    await renew();
    setDone(words);
    setDoing(null);
  };
  const heading = { end: 'place.endOne', correct: 'place.correctOne', void: 'place.voidOne' } as const;
  const finished = { end: 'place.ended', correct: 'place.corrected', void: 'place.voided' } as const;
  const ofOne = ({ act, one }: { act: Act; one: Affiliation }) => ({
    affiliation: one,
    onClose: close,
    onDone: () => void finish(t(finished[act], { place: placeOf(one) })),
  });
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
                {one.primary && !isOver(one) && !isAhead(one) && <span className="state">{t('place.primary')}</span>}
                {isAhead(one) && <span className="state ahead">{t('place.ahead', { day: dayText(one.from) })}</span>}
                {keeps && (
                  <span className="row-end">
                    {(['end', 'correct', 'void'] as const)
                      .filter((act) => act !== 'end' || !(isOver(one) || isAhead(one)))
                      .map((act) => (
                        <button key={act} type="button" className="quiet" aria-label={t(heading[act], { place: placeOf(one) })} onClick={() => setDoing({ act, one })}>
                          {t(act === 'end' ? 'place.end' : act === 'correct' ? 'correct.open' : 'act.void')}
                        </button>
                      ))}
                  </span>
                )}
              </div>
              <p className="hint">
                {[
                  t(`place.kind.${one.kind}`),
                  isAhead(one) && one.until === null
                    ? t('place.ahead', { day: dayText(one.from) })
                    : `${dayText(one.from)} – ${one.until ? dayText(one.until) : t('place.lasts')}`,
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
            shown={affiliations.data.items}
            onClose={close}
            onDone={() => void finish(t(doing === 'transfer' ? 'place.transferred' : 'place.wasAdded'))}
          />
        </Dialog>
      )}
      {doing !== null && typeof doing === 'object' && (
        <Dialog title={t(heading[doing.act], { place: placeOf(doing.one) })} onClose={close}>
          {doing.act === 'end' && <EndAffiliation {...ofOne(doing)} {...{ framework, today }} />}
          {doing.act === 'correct' && <CorrectAffiliation {...ofOne(doing)} framework={framework} />}
          {doing.act === 'void' && <VoidAffiliation {...ofOne(doing)} all={items} placeOf={placeOf} />}
        </Dialog>
      )}
    </section>
  );
}
