import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRecord } from '../api/questions';
import { Facts } from '../person/Facts';
import { Dialog } from '../ui/Dialog';
import { CorrectPersonalData } from './CorrectPersonalData';
import { useWords } from './words';

/** What is recorded of the person; his officer corrects it. */
export function PersonalData({ workerId, keeps }: { workerId: string; keeps: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const worker = useRecord(workerId).data?.person.at(-1);
  if (!worker || worker.erased) return null;
  const renew = () => client.invalidateQueries({ queryKey: ['person', workerId] });
  return (
    <section aria-labelledby="data">
      <h2 id="data">{t('data.heading')}</h2>
      {done && (
        <p className="note" role="status">
          {t('data.corrected')}
        </p>
      )}
      <div className="card">
        <Facts person={worker} />
        {keeps && (
          <button type="button" aria-label={t('data.correct')} onClick={() => setOpen(true)}>
            {t('correct.open')}
          </button>
        )}
      </div>
      {isOpen && (
        <Dialog
          title={t('data.correct')}
          onClose={() => {
            setOpen(false);
            void renew();
          }}
        >
          <CorrectPersonalData
            worker={worker}
            onClose={() => setOpen(false)}
            onDone={() => {
              void renew();
              setOpen(false);
              setDone(true);
            }}
          />
        </Dialog>
      )}
    </section>
  );
}
