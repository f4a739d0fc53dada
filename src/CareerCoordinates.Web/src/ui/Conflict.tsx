import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words/words';

export interface ConflictRow {
  label: string;
  theirs: string;
  mine: string;
}

interface Props {
  /** Who changed it, and when. */
  who: ReactNode;
  /** What differs. */
  rows: ConflictRow[];
  /** Whether one's own is what was written, or what was seen before somebody else changed it. */
  mineIs: 'written' | 'seen';
  /** Null where it cannot be done any more. */
  onMine: (() => void) | null;
  mineWords: string;
  onTheirs: () => void;
}

/** Somebody else was faster: what he made of it beside one's own, and the choice. */
export function Conflict({ who, rows, mineIs, onMine, mineWords, onTheirs }: Props) {
  const { t } = useWords();
  const all = useRef<HTMLDivElement>(null);
  // It comes below a long form: the choice is not left out of sight.
  useEffect(() => {
    // A promise by now, in some browsers, and no way to clean up.
    void all.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={all} className="failure" role="alert">
      <p>
        <b>{t('conflict.heading')}</b> {who}
      </p>
      {rows.length > 0 ? (
        <table className="beside">
          <thead>
            <tr>
              <td />
              <th scope="col">{t('conflict.theirs')}</th>
              <th scope="col">{t(mineIs === 'written' ? 'conflict.mine' : 'conflict.seen')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                <td>{row.theirs}</td>
                <td>{row.mine}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        onMine && <p>{t('conflict.same')}</p>
      )}
      {onMine === null && <p>{t('conflict.notNow')}</p>}
      <div className="buttons">
        <button type="button" onClick={onTheirs}>
          {t(mineIs === 'written' ? 'conflict.takeTheirs' : 'conflict.leave')}
        </button>
        {onMine && (
          <button type="button" className="danger" onClick={onMine}>
            {mineWords}
          </button>
        )}
      </div>
    </div>
  );
}
