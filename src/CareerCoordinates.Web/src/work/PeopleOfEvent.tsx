import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import { said } from '../api/said';
import type { Attribute, Framework } from '../api/framework';
import { failureText } from '../ui/Answers';
import { Field } from '../ui/Field';
import { AttributeField } from './AttributeField';
import { OrganizationChoice } from './OrganizationChoice';
import { Warnings } from '../person/Warnings';
import { useWords } from './words';

/** Somebody to whom it happened, and what was so of him alone. */
export interface Chosen {
  id: string;
  name: string;
  number: string | null;
  values: Record<string, string>;
}

interface Props {
  framework: Framework;
  /** What differs with each person. */
  attributes: Attribute[];
  people: Chosen[];
  results: ReadonlyMap<string, Schemas['Recording']>;
  /** Who was recorded with other common content than what stands there now. */
  otherwise: ReadonlySet<string>;
  most: number;
  /** Whether it is wrong with everybody alike: then it is said where it stands. */
  isCommon: (fault: Schemas['ProblemFault']) => boolean;
  onChange: (people: Chosen[]) => void;
}

/** Who took part: found one by one, or all of a unit; and what came of each. */
export function PeopleOfEvent({ framework, attributes, people, results, otherwise, most, isCommon, onChange }: Props) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [unit, setUnit] = useState('');
  const [found, setFound] = useState<Schemas['Worker'][] | null>(null);
  const [more, setMore] = useState(false);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const isIn = (id: string) => people.some((one) => one.id === id);

  const find = async (organization: string) => {
    setBusy(true);
    setFault('');
    try {
      if (organization) {
        const page = await ask(api.GET('/api/v1/workers', { params: { query: { organization, limit: most } } }));
        setFound(page.items);
        setMore(page.nextCursor !== null);
      } else {
        const page = await ask(api.POST('/api/v1/workers:search', { params: { query: { limit: 50 } }, body: { text: typed.trim() } }));
        setFound(page.items);
        setMore(page.more);
      }
    } catch (error) {
      setFault(failureText(error));
    }
    setBusy(false);
  };
  const add = (some: Schemas['Worker'][]) => {
    const fresh = some.filter((one) => !isIn(one.id)).map((one) => ({ id: one.id, name: one.name ?? t('person.erased'), number: one.number, values: {} }));
    onChange([...people, ...fresh].slice(0, most));
  };

  return (
    <section className="card">
      <h2 className="card-title">{t('many.people', { number: people.length })}</h2>
      <div className="row">
        <Field
          label={t('people.search')}
          type="search"
          name="person"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            if (typed.trim()) void find('');
          }}
        />
        <button type="button" disabled={!typed.trim() || busy} onClick={() => void find('')}>
          {t('people.find')}
        </button>
      </div>
      <OrganizationChoice
        label={t('many.unit')}
        value={unit}
        onChoose={(value) => {
          setUnit(value);
          if (value) void find(value);
        }}
      />
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {busy && <p role="status">{t('waiting')}</p>}
      {found && (
        <div className="found">
          {found.length === 0 && <p role="status">{t('people.none')}</p>}
          {found.length > 1 && (
            <button type="button" onClick={() => add(found)}>
              {t('many.addAll', { number: found.filter((one) => !isIn(one.id)).length })}
            </button>
          )}
          <ul className="plain-list">
            {found.map((one) => (
              <li key={one.id}>
                <button type="button" className="quiet" disabled={isIn(one.id)} onClick={() => add([one])}>
                  {t(isIn(one.id) ? 'many.added' : 'many.add', { name: [one.name, one.number].filter(Boolean).join(' · ') })}
                </button>
              </li>
            ))}
          </ul>
          {more && <p className="hint">{t('people.tooMany')}</p>}
        </div>
      )}
      {people.length === 0 && <p className="hint">{t('many.nobody')}</p>}
      <ol className="chosen">
        {people.map((one) => (
          <Person
            key={one.id}
            {...{ framework, attributes, isCommon }}
            person={one}
            result={results.get(one.id)}
            isOtherwise={otherwise.has(one.id)}
            onChange={(values) => onChange(people.map((other) => (other.id === one.id ? { ...other, values } : other)))}
            onRemove={() => onChange(people.filter((other) => other.id !== one.id))}
          />
        ))}
      </ol>
    </section>
  );
}

interface PersonProps extends Pick<Props, 'framework' | 'attributes' | 'isCommon'> {
  person: Chosen;
  result: Schemas['Recording'] | undefined;
  isOtherwise: boolean;
  onChange: (values: Record<string, string>) => void;
  onRemove: () => void;
}

function Person({ framework, attributes, isCommon, person, result, isOtherwise, onChange, onRemove }: PersonProps) {
  const { t } = useWords();
  const isDone = result !== undefined && result.status < 300;
  const fault = (code: string) => {
    const found = result?.errors.find((one) => one.pointer.endsWith(`/attributes/${code}`));
    return found && said(found.code, found.detail);
  };
  const others = result?.errors.filter((one) => !attributes.some(({ code }) => one.pointer.endsWith(`/attributes/${code}`))) ?? [];
  return (
    <li data-worker={person.id}>
      <div className="chosen-head">
        <b>{person.name}</b> {person.number}
        {isDone ? (
          <span className="state">{t(result.status === 201 ? 'many.made' : 'many.same')}</span>
        ) : (
          <button type="button" className="quiet" aria-label={t('many.remove', { name: person.name })} onClick={onRemove}>
            {t('many.removeShort')}
          </button>
        )}
      </div>
      {!isDone && attributes.length > 0 && (
        <div className="row">
          {attributes.map((attribute) => (
            <AttributeField
              key={attribute.code}
              framework={framework}
              attribute={attribute}
              value={person.values[attribute.code] ?? ''}
              fault={fault(attribute.code)}
              onChange={(value) => onChange({ ...person.values, [attribute.code]: value })}
            />
          ))}
        </div>
      )}
      {isDone && isOtherwise && (
        <p className="note warning">
          {t('many.isOtherwise')}{' '}
          <Link to={`/people/${person.id}/milestones/${result.milestoneId}/correct`} target="_blank">
            {t('correct.open')}
          </Link>
        </p>
      )}
      {isDone && <Warnings workerId={person.id} isSelf={false} warnings={result.warnings} />}
      {result && !isDone && (others.length > 0 || result.errors.length === 0) && (
        <p className="fault">
          {t('many.refused')}{' '}
          {others.length > 0 && others.every(isCommon) ? t('many.seeCommon') : others.length > 0 ? others.map((one) => said(one.code, one.detail)).join(' ') : said(result.code, result.detail ?? '')}
        </p>
      )}
    </li>
  );
}
