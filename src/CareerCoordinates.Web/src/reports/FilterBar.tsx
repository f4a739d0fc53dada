import { type FormEvent, useId } from 'react';
import type { Framework } from '../api/framework';
import { useOrganizations } from '../api/questions';
import { treeChoices } from '../api/tree';
import { Choice } from '../ui/Choice';
import { Typed } from '../ui/Typed';
import { lastDay } from '../words/days';
import { type Counts, narrowing, useAddress } from './address';
import { instantOf, localOf } from './clock';
import { industrySections, occupationGroups } from './names';
import { useReportWords } from './words';

interface Props {
  framework: Framework;
  counts: Counts;
  /** Whether one may have exact and protected counts. */
  chooses: boolean;
  /** The days of the report, by their names in the address, and what stands for one that is not there. */
  days: [name: 'asOf' | 'from' | 'to', byDefault?: string, of?: 'first'][];
}

/** One bar for all charts: what is chosen stands in the address. */
export function FilterBar({ framework, counts, chooses, days }: Props) {
  const { t, name } = useReportWords();
  const { get, set } = useAddress();
  const organizations = useOrganizations();
  const narrowed = [...narrowing, 'knownAt'].filter((one) => get(one) !== undefined);
  const knownAt = get('knownAt') ? localOf(get('knownAt')!, framework.timeZone) : '';
  const levels = [{ level: 0, zh: t('filter.noLevel'), en: t('filter.noLevel') }, ...framework.levels];
  return (
    <form className="card filters" role="search" aria-label={t('filter.heading')} onSubmit={(event: FormEvent) => event.preventDefault()}>
      <div className="row">
        {days.map(([day, byDefault, of]) => (
          <DayField
            key={day}
            label={t(`filter.${day}`)}
            isMonth={counts === 'protected'}
            of={of}
            value={get(day) ?? byDefault ?? ''}
            onDay={(value) => set({ [day]: value })}
            hint={counts === 'protected' ? t(of ? 'filter.onlyMonths' : byDefault === undefined ? 'filter.monthEnds' : 'filter.onlyMonthEnds') : byDefault === undefined ? t('filter.today') : undefined}
          />
        ))}
        <Choice
          label={t('people.organization')}
          value={get('organization') ?? ''}
          none={t('filter.everything')}
          options={treeChoices(organizations.data?.items ?? [])}
          onChoose={(value) => set({ organization: value })}
        />
      </div>
      <details className="more-filters" open={narrowed.length > 0}>
        <summary>{narrowed.length > 0 ? t('filter.moreSet', { number: narrowed.length }) : t('filter.more')}</summary>
        <div className="row">
          <Choice
            label={t('filter.employmentForm')}
            value={get('employmentForm') ?? ''}
            none={t('people.any')}
            options={[...framework.employmentForms.map((one): [string, string] => [one.code, name(one)]), ['none', t('none.recorded')]]}
            onChoose={(value) => set({ employmentForm: value })}
          />
          <Choice
            label={t('people.stage')}
            value={get('stage') ?? ''}
            none={t('people.any')}
            options={[...framework.stages.map((one): [string, string] => [one.code, name(one)]), ['unknown', t('stage.unknown')]]}
            onChoose={(value) => set({ stage: value })}
          />
          <Choice
            label={t('people.level')}
            value={get('level') ?? ''}
            none={t('people.any')}
            options={levels.map((one) => [String(one.level), one.level === 0 ? name(one) : `${t('grid.level', { level: one.level })} · ${name(one)}`])}
            onChoose={(value) => set({ level: value })}
          />
          <Typed label={t('filter.careerStartYear')} value={get('careerStartYear') ?? ''} inputMode="numeric" placeholder="2012" onTyped={(value) => set({ careerStartYear: value })} />
          <CodeField
            label={t('filter.industry')}
            hint={t('filter.industryHint')}
            placeholder="C25"
            value={get('industry') ?? ''}
            known={industrySections.map((one) => [one, t(`industry.${one}`)])}
            onCode={(value) => set({ industry: value })}
          />
          <CodeField
            label={t('filter.occupation')}
            hint={t('filter.occupationHint')}
            placeholder="6-18"
            value={get('occupation') ?? ''}
            known={occupationGroups.map((one) => [one, t(`occupation.${one}`)])}
            onCode={(value) => set({ occupation: value })}
          />
          <Typed
            label={t('filter.knownAt')}
            hint={t(counts === 'protected' ? 'filter.knownAtDayHint' : 'filter.knownAtHint')}
            type={counts === 'protected' ? 'date' : 'datetime-local'}
            isComplete={(value) => value === '' || value >= '1900'}
            value={counts !== 'protected' ? knownAt : knownAt.endsWith('T00:00') ? knownAt.slice(0, 10) : ''}
            onTyped={(value) => set({ knownAt: value && instantOf(counts === 'protected' ? `${value}T00:00` : value, framework.timeZone) })}
          />
          {chooses && (
            <Choice
              label={t('filter.counts')}
              value={counts}
              options={[
                ['exact', t('counts.exact')],
                ['protected', t('counts.protected')],
              ]}
              onChoose={(value) => set({ counts: value })}
            />
          )}
        </div>
        {narrowed.length > 0 && (
          <button type="button" onClick={() => set(Object.fromEntries(narrowed.map((one) => [one, undefined])))}>
            {t('filter.clear')}
          </button>
        )}
      </details>
    </form>
  );
}

interface CodeProps {
  label: string;
  hint: string;
  placeholder: string;
  value: string;
  /** Codes with their names, to choose from. */
  known: [code: string, name: string][];
  onCode: (code: string) => void;
}

/** A code of a standard: one of the highest by its name, or any that is typed. */
function CodeField({ known, onCode, ...input }: CodeProps) {
  const list = useId();
  return (
    <>
      <Typed {...input} list={list} onTyped={(typed) => onCode(known.find(([, name]) => name === typed)?.[0] ?? typed)} />
      <datalist id={list}>
        {known.map(([code, name]) => (
          <option key={code} value={code} label={name} />
        ))}
      </datalist>
    </>
  );
}

interface DayProps {
  label: string;
  hint?: string;
  value: string;
  isMonth: boolean;
  of?: 'first';
  onDay: (day: string | undefined) => void;
}

/** A day; for protected counts a month, whose last day is meant, or its first. */
function DayField({ label, hint, value, isMonth, of, onDay }: DayProps) {
  return isMonth ? (
    <Typed
      label={label}
      hint={hint}
      type="month"
      placeholder="2025-12"
      value={value.slice(0, 7)}
      isComplete={(typed) => typed === '' || /^(19|2\d)\d\d-\d\d$/.test(typed)}
      onTyped={(month) => onDay(month && (of ? `${month}-01` : lastDay(month)))}
    />
  ) : (
    <Typed
      label={label}
      hint={hint}
      type="date"
      value={value}
      isComplete={(typed) => typed === '' || typed >= '1900'}
      onTyped={onDay}
    />
  );
}
