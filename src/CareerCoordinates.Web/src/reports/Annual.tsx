import { Fragment } from 'react';
import type { Schemas } from '../api/client';
import { dayText } from '../words/days';
import { changeText, isShown, shareChangeText } from './numbers';
import { Tools } from './ReportCard';
import type { Answers, Source } from './source';
import { Told } from './Told';
import { useReportWords } from './words';

interface Props {
  answer: Answers['annual'];
  source: Source;
  saves: boolean;
}

type Line = Schemas['AnnualLine'];

/** The annual report in the order of the model: each line this year, last year, the change, where it comes from. The workbook is the same. */
export function Annual({ answer, source, saves }: Props) {
  const { t, name } = useReportWords();
  const title = t('annual.heading', { year: answer.year });
  const parts: { key: string; section: Line['section']; heading: string; lines: Line[] }[] = [];
  for (const line of answer.lines) {
    const key = `${line.section} ${line.part?.code ?? ''}`;
    if (parts.at(-1)?.key !== key) {
      const section = t(`section.${line.section}`);
      parts.push({ key, section: line.section, heading: line.part ? `${section}${t('colon')}${name(line.part.name)}` : section, lines: [] });
    }
    parts.at(-1)!.lines.push(line);
  }
  return (
    <section className="card report" aria-labelledby="annual">
      <div className="report-head">
        <h2 id="annual">{title}</h2>
        <Tools key={JSON.stringify(source.question)} title={title} source={source} saves={saves} />
      </div>
      <p>
        {t('annual.about')} {!answer.isOver && t('annual.notOver', { day: dayText(answer.asOf), before: dayText(answer.lastYearAsOf) })}
        {answer.signed && ` ${t('annual.signed', { by: answer.signed.by })}`}
      </p>
      <nav className="jumps" aria-label={t('annual.parts')}>
        {parts.map((part, at) => (
          <button key={part.key} type="button" className="link" onClick={() => goTo(`annual-${at}`)}>
            {part.heading}
          </button>
        ))}
      </nav>
      <div className="table-holder" tabIndex={0} role="region" aria-label={t('table.of', { title })}>
        <table className="annual">
          <thead>
            <tr>
              <th scope="col">{t('annual.line')}</th>
              <th scope="col" className="number-cell">
                {answer.year}
              </th>
              <th scope="col" className="number-cell">
                {answer.year - 1}
              </th>
              <th scope="col" className="number-cell">
                {t('annual.change')}
              </th>
              <th scope="col" className="wide-only">
                {t('annual.unit')}
              </th>
              <th scope="col" className="wide-only">
                {t('annual.source')}
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part, at) => (
              <Fragment key={`${part.key} ${at}`}>
                <tr className="part">
                  <th id={`annual-${at}`} tabIndex={-1} colSpan={6} scope="colgroup">
                    {part.heading}
                  </th>
                </tr>
                {part.lines.map((line, i) => (
                  <tr key={i} className={line.row ? 'sub' : undefined}>
                    <th scope="row">
                      {lineName(line, name, t('none.recorded'))}
                      {line.overlaps && <small className="ahead">{t('annual.overlaps')}</small>}
                      {line.definition && !line.row && <small className="wide-only">{name(line.definition)}</small>}
                      {line.unit && !line.row && (
                        <small className="narrow-only">{[name(line.unit.name), line.source && t(`source.${line.source}`)].filter(Boolean).join(' · ')}</small>
                      )}
                    </th>
                    {line.figure ? (
                      <>
                        <td className="number-cell">
                          <Told count={line.thisYear} isShare={line.isShare} />
                        </td>
                        <td className="number-cell">
                          <Told count={line.lastYear} isShare={line.isShare} />
                        </td>
                        <td className="number-cell">
                          {isShown(line.change) ? (line.isShare ? shareChangeText(line.change) : changeText(line.change)) : '–'}
                          {isShown(line.change) && line.isShare && <small>{t('annual.points')}</small>}
                        </td>
                        <td className="wide-only">{line.unit ? name(line.unit.name) : '–'}</td>
                        <td className="wide-only">{line.source ? t(`source.${line.source}`) : '–'}</td>
                      </>
                    ) : (
                      <td colSpan={5}>{t('annual.words')}</td>
                    )}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The keyboard goes along. */
function goTo(id: string) {
  const heading = document.getElementById(id)!;
  heading.scrollIntoView({ block: 'start' });
  heading.focus({ preventScroll: true });
}

function lineName(line: Line, name: ReturnType<typeof useReportWords>['name'], none: string): string {
  if (line.row) return line.row.name ? name(line.row.name) : line.row.code === 'none' ? none : line.row.code;
  if (line.task && !line.indicator) return name(line.task.name);
  const [indicator, figure] = [line.indicator && name(line.indicator.name), line.figure && name(line.figure.name)];
  return indicator === figure || !figure ? (indicator ?? '–') : indicator ? `${indicator} · ${figure}` : figure;
}
