import { useState } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { LongTable } from '../ui/LongTable';
import { dayText } from '../words/days';
import { useWords } from './words';

const columns = ['number', 'organization', 'stage', 'level', 'start', 'birth'] as const;
type Column = (typeof columns)[number];

const key = 'peopleColumns';

/** The columns that were chosen last in this browser; at first few on a phone. */
function chosenBefore(): Column[] {
  const kept = localStorage.getItem(key)?.split(',');
  if (kept) return columns.filter((one) => kept.includes(one));
  const isNarrow = matchMedia('(max-width: 559px)').matches;
  return columns.filter((one) => (isNarrow ? one === 'organization' || one === 'level' : one !== 'birth'));
}

interface Props {
  framework: Framework | undefined;
  people: Schemas['Worker'][];
}

/** People of a list, with the columns that one wants to see. */
export function PeopleTable({ framework, people }: Props) {
  const { t, name } = useWords();
  const [shown, setShown] = useState<Column[]>(chosenBefore);
  if (people.length === 0) return <p className="card">{t('people.none')}</p>;
  const toggle = (column: Column) => {
    const changed = columns.filter((one) => (one === column ? !shown.includes(one) : shown.includes(one)));
    localStorage.setItem(key, changed.join());
    setShown(changed);
  };
  const cell = (column: Column, one: Schemas['Worker']): string => {
    switch (column) {
      case 'number':
        return one.number ?? '–';
      case 'organization':
        return one.standing?.organization ?? '–';
      case 'stage':
        return one.standing?.stage ? name(byCode(framework?.stages ?? [], one.standing.stage), one.standing.stage) : '–';
      case 'level':
        return one.standing?.level ? t('grid.level', { level: one.standing.level }) : '–';
      case 'start':
        return one.careerStart ? dayText(one.careerStart) : '–';
      case 'birth':
        return one.birthDate ? dayText(one.birthDate) : '–';
    }
  };
  return (
    <>
      <details className="columns">
        <summary>{t('people.columns')}</summary>
        <div className="buttons">
          {columns.map((column) => (
            <label key={column} className="check">
              <input type="checkbox" checked={shown.includes(column)} onChange={() => toggle(column)} />
              {t(`people.${column}`)}
            </label>
          ))}
        </div>
      </details>
      <div className="table-holder" tabIndex={0} role="region" aria-label={t('people.heading')}>
        <LongTable
          className="people"
          head={
            <>
              <th scope="col">{t('people.name')}</th>
              {shown.map((column) => (
                <th key={column} scope="col">
                  {t(`people.${column}`)}
                </th>
              ))}
            </>
          }
          items={people}
          keyOf={(one) => one.id}
          cells={(one) => (
            <>
              <th scope="row">
                <Link to={`/people/${one.id}`}>{one.name ?? t('person.erased')}</Link>
              </th>
              {shown.map((column) => (
                <td key={column} className={column === 'organization' ? 'long' : undefined}>
                  {cell(column, one)}
                </td>
              ))}
            </>
          )}
        />
      </div>
    </>
  );
}
