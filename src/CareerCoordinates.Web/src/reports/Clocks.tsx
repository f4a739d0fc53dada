import { Link, useLocation } from 'react-router';
import type { Framework } from '../api/framework';
import { dayText, instantText } from '../words/days';
import type { Answer } from './source';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  answer: Answer;
  /** A saved report has its clocks for good. */
  isSaved?: boolean;
  /** Whether its numbers lead to the people behind them. */
  leads?: boolean;
}

/** On which clocks the answer is, how exactly it counts, and what that means. */
export function Clocks({ framework, answer, isSaved = false, leads = false }: Props) {
  const { t } = useReportWords();
  const { pathname, search } = useLocation();
  const fixed = new URLSearchParams(search);
  for (const [name, value] of Object.entries(answer.question)) {
    if (['asOf', 'from', 'to', 'year', 'knownAt'].includes(name)) fixed.set(name, value);
  }
  const { question } = answer;
  const day =
    'asOf' in answer
      ? t('clocks.asOf', { day: dayText(answer.asOf) })
      : t('clocks.between', { from: dayText(question.from ?? ''), to: dayText(question.to ?? '') });
  const isFixed = fixed.toString() === new URLSearchParams(search).toString();
  return (
    <div className="clocks">
      <p className="hint">
        {day}
        {t('clocks.knownAt', { at: instantText(answer.knownAt, framework.timeZone) })}
        {t('stop')} {t(answer.knownAtClosed ? 'clocks.closed' : 'clocks.open')}{' '}
        {!isSaved && !isFixed && (
          <Link to={`${pathname}?${fixed}`} replace>
            {t('clocks.fix')}
          </Link>
        )}
      </p>
      {answer.counts === 'protected' && (
        <details className="note protection">
          <summary>{t('protected.title')}</summary>
          <p>{t('protected.notice')}</p>
          <p>{t('protected.people')}</p>
        </details>
      )}
      {answer.counts === 'exact' && (
        <p className="hint">
          {t('counts.exactWhy')} {leads && t('counts.toPeople')}
        </p>
      )}
    </div>
  );
}
