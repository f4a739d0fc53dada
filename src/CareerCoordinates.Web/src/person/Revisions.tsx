import { useState } from 'react';
import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { Choice } from '../ui/Choice';
import { instantText } from '../words/days';
import { useWords } from '../words/words';
import { contentRows, sameContent } from './content';

interface Props {
  framework: Framework;
  milestone: Schemas['RecordMilestone'];
}

/** Two revisions beside each other: who said what and when, and what of it differs. */
export function Revisions({ framework, milestone }: Props) {
  const { t } = useWords();
  const { revisions } = milestone;
  const [before, setBefore] = useState(() => String(lastOther(revisions)));
  const [after, setAfter] = useState(() => String(revisions.at(-1)!.revision));
  const left = revisions.find((one) => String(one.revision) === before) ?? revisions[0]!;
  const right = revisions.find((one) => String(one.revision) === after) ?? revisions.at(-1)!;
  const options = revisions.map((one): [string, string] => [
    String(one.revision),
    t('revisions.one', { number: one.revision, state: t(`state.${one.state}`) }),
  ]);
  const type = byCode(framework.milestoneTypes, milestone.type.code);
  const rows = contentRows(framework, type, left, right);
  const who = (one: Schemas['MilestoneRevision']) => t('milestone.by', { account: one.recordedBy, at: instantText(one.recordedAt, framework.timeZone) });
  return (
    <details>
      <summary>{t('revisions.heading')}</summary>
      <div className="row">
        <Choice label={t('revisions.before')} value={before} options={options} onChoose={setBefore} />
        <Choice label={t('revisions.after')} value={after} options={options} onChoose={setAfter} />
      </div>
      <table className="beside">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('revisions.one', { number: left.revision, state: t(`state.${left.state}`) })}</th>
            <th scope="col">{t('revisions.one', { number: right.revision, state: t(`state.${right.state}`) })}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('revisions.who')}</th>
            <td>{who(left)}</td>
            <td>{who(right)}</td>
          </tr>
          {(left.reason ?? right.reason) && (
            <tr>
              <th scope="row">{t('revisions.why')}</th>
              <td>{left.reason ?? '–'}</td>
              <td>{right.reason ?? '–'}</td>
            </tr>
          )}
          {rows.map((row) => (
            <tr key={row.code} className={row.differs ? 'differs' : undefined}>
              <th scope="row">
                {row.label}
                {row.differs && <small>{t('revisions.differs')}</small>}
              </th>
              <td>{row.left}</td>
              <td>{row.right}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!rows.some((row) => row.differs) && <p className="hint">{t('revisions.same')}</p>}
    </details>
  );
}

/** The newest revision whose content is another than that of the last; else the first. */
const lastOther = (revisions: Schemas['MilestoneRevision'][]): number =>
  ([...revisions].reverse().find((one) => !sameContent(one, revisions.at(-1)!)) ?? revisions[0]!).revision;
