import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { type Content, contentRows } from '../person/content';
import { instantText } from '../words/days';
import { useWords } from '../words/words';

interface Props {
  framework: Framework;
  /** As it is now. */
  now: Schemas['Milestone'];
  /** What is to be written, or what was seen before somebody else changed it. */
  mine: Content;
  mineIs: 'written' | 'seen';
  /** Null where it cannot be done any more. */
  onMine: (() => void) | null;
  mineWords: string;
  onTheirs: () => void;
}

/** Somebody else was faster: what he made of it beside one's own, and the choice. */
export function Conflict({ framework, now, mine, mineIs, onMine, mineWords, onTheirs }: Props) {
  const { t, name } = useWords();
  const type = byCode(framework.milestoneTypes, now.type);
  const rows = contentRows(framework, type, now, mine).filter((row) => row.differs);
  return (
    <div className="failure" role="alert">
      <p>
        <b>{t('conflict.heading')}</b>{' '}
        {t('conflict.who', {
          state: t(`state.${now.state}`),
          account: now.recordedBy,
          at: instantText(now.recordedAt, framework.timeZone),
        })}
        {now.reason && ` ${t('milestone.reason', { reason: now.reason })}`}
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
              <tr key={row.code}>
                <th scope="row">{row.label}</th>
                <td>{row.left}</td>
                <td>{row.right}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p>{t('conflict.same')}</p>
      )}
      {onMine === null && <p>{t('conflict.notNow', { type: name(type, now.type) })}</p>}
      <div className="buttons">
        <button type="button" onClick={onTheirs}>
          {t('conflict.takeTheirs')}
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
