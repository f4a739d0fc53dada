import { useState } from 'react';
import { dayText } from '../words/days';
import { type Affiliation, changeAffiliation, leftFor, readAffiliation, voidAffiliation } from './affiliation';
import { VoidForm } from './VoidForm';
import { useWords } from './words';

interface Props {
  affiliation: Affiliation;
  all: Affiliation[];
  placeOf: (one: Affiliation) => string;
  onClose: () => void;
  onDone: () => void;
}

/** An affiliation that never was; where a transfer made it, the place that was left goes on. */
export function VoidAffiliation({ affiliation, all, placeOf, onClose, onDone }: Props) {
  const { t } = useWords();
  const [left] = useState(() => leftFor(affiliation, all));
  const [goesOn, setGoesOn] = useState(true);
  const send = async (over: Affiliation, reason: string) => {
    await voidAffiliation(over, reason);
    if (left && goesOn) await changeAffiliation(left, { until: null, reason });
    onDone();
  };
  return (
    <VoidForm about={t('place.voidAbout')} one={affiliation} read={() => readAffiliation(affiliation)} send={send} onClose={onClose}>
      {left && (
        <p>
          <label className="check">
            <input type="checkbox" checked={goesOn} onChange={(event) => setGoesOn(event.target.checked)} />
            {t('place.goesOn', { place: placeOf(left), day: dayText(left.until!) })}
          </label>
        </p>
      )}
    </VoidForm>
  );
}
