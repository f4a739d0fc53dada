import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../api/client';
import { byCode, type Framework } from '../api/framework';
import { useCurrentFramework, useMe, useOrganizations } from '../api/questions';
import { Typed } from '../ui/Typed';
import '../styles/admin.css';
import { Failure, Waiting } from '../ui/Answers';
import { Choice } from '../ui/Choice';
import { LongTable } from '../ui/LongTable';
import { More } from '../ui/More';
import { useTitle } from '../ui/useTitle';
import { instantText } from '../words/days';
import { actions, hasWord, useAdminWords } from './words';

const page = 100;
const roles: string[] = ['worker', 'officer', 'verifier', 'analyst', 'administrator', 'auditor'] satisfies Schemas['Role'][];

/** Who did what, from the newest back; what is asked stands in the address, and Back leads to what was asked before. On a phone its table is drawn as a list, hence the roles. */
export function Audit() {
  const { t } = useAdminWords();
  useTitle(t('audit.heading'));
  const framework = useCurrentFramework();
  const readsPeople = useMe().data?.grants.some((one) => one.role === 'officer' || one.role === 'verifier') ?? false;
  const [params, setParams] = useSearchParams();
  const get = (name: string) => params.get(name) || undefined;
  const query = { account: get('account'), action: get('action'), worker: get('worker'), from: get('from'), to: get('to') };
  const set = (name: string, value: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value) after.set(name, value);
      else after.delete(name);
      return after;
    });
  const trail = useInfiniteQuery({
    queryKey: ['audit', query],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/audit-entries', { params: { query: { ...query, before: pageParam, limit: page } } })),
    getNextPageParam: (last) => (last.more ? last.items.at(-1)?.id : undefined),
  });
  const items = trail.data?.pages.flatMap((one) => one.items) ?? [];
  const zone = framework.data?.timeZone ?? 'UTC';
  const hasFilter = Object.values(query).some((value) => value !== undefined);
  const named = (action: string) => {
    const word = `action.${action}`;
    return hasWord(word) ? t(word) : action;
  };
  const isDay = (typed: string) => typed === '' || typed >= '1900';
  return (
    <>
      <h1>{t('audit.heading')}</h1>
      <p className="hint">{t('audit.about')}</p>
      <form className="card row top" role="search" aria-label={t('audit.filters')} onSubmit={(event) => event.preventDefault()}>
        <Typed label={t('audit.account')} value={query.account ?? ''} autoComplete="off" onTyped={(value) => set('account', value)} />
        <Choice
          label={t('audit.action')}
          value={query.action ?? ''}
          none={t('people.any')}
          options={[
            ...actions.map((one): [string, string] => [one, named(one)]),
            ...(query.action && !actions.includes(query.action) ? [[query.action, query.action] as [string, string]] : []),
          ]}
          onChoose={(value) => set('action', value)}
        />
        <Typed label={t('audit.from')} type="date" value={query.from ?? ''} isComplete={isDay} onTyped={(value) => set('from', value)} />
        <Typed label={t('audit.to')} type="date" value={query.to ?? ''} isComplete={isDay} onTyped={(value) => set('to', value)} />
        <Typed label={t('audit.worker')} hint={t('audit.workerHint')} value={query.worker ?? ''} autoComplete="off" onTyped={(value) => set('worker', value)} />
        {hasFilter && (
          <button type="button" onClick={() => setParams({})}>
            {t('audit.clear')}
          </button>
        )}
      </form>
      {trail.isLoadingError ? (
        <Failure error={trail.error} retry={() => void trail.refetch()} />
      ) : !trail.data ? (
        <Waiting />
      ) : items.length === 0 ? (
        <p className="card">{t('audit.none')}</p>
      ) : (
        <div className="table-holder" tabIndex={0} role="region" aria-label={t('audit.heading')} aria-busy={trail.isPlaceholderData}>
          <LongTable
            className="audit"
            head={
              <>
                <th scope="col" role="columnheader">{t('audit.when')}</th>
                <th scope="col" role="columnheader">{t('audit.account')}</th>
                <th scope="col" role="columnheader">{t('audit.action')}</th>
                <th scope="col" role="columnheader">{t('audit.details')}</th>
              </>
            }
            items={items}
            keyOf={(entry) => entry.id}
            cells={(entry) => (
              <>
                <td className="when" role="cell">{instantText(entry.recordedAt, zone)}</td>
                <td role="cell">
                  {entry.account ? (
                    <button type="button" className="link" title={t('audit.onlyAccount')} onClick={() => set('account', entry.account)}>
                      {entry.account}
                    </button>
                  ) : (
                    t('audit.nobody')
                  )}
                  {entry.token && <small> {t('audit.token', { name: entry.token })}</small>}
                </td>
                <td role="cell">{named(entry.action)}</td>
                <td className="audit-details" role="cell">
                  {entry.workerId && (
                    <>
                      {t('audit.about.worker')}{' '}
                      <button type="button" className="link" title={t('audit.onlyWorker')} onClick={() => set('worker', entry.workerId!)}>
                        {entry.workerId}
                      </button>{' '}
                      {readsPeople && <Link to={`/people/${entry.workerId}`}>{t('audit.openWorker')}</Link>}{' '}
                    </>
                  )}
                  <Details entry={entry} framework={framework.data} readsPeople={readsPeople} onWorker={(id) => set('worker', id)} />
                </td>
              </>
            )}
          />
        </div>
      )}
      <More list={trail} words={t('audit.older')} />
    </>
  );
}

interface DetailsProps {
  entry: Schemas['AuditEntry'];
  framework: Framework | undefined;
  readsPeople: boolean;
  onWorker: (workerId: string) => void;
}

/** What more the entry says; long lists of ids fold. */
function Details({ entry, framework, readsPeople, onWorker }: DetailsProps) {
  const { t, name } = useAdminWords();
  const organizations = useOrganizations();
  const shown = (member: string, value: unknown) =>
    member === 'workers' && Array.isArray(value) ? (
      value.map((id: string) => (
        <Fragment key={id}>
          <button type="button" className="link" title={t('audit.onlyWorker')} onClick={() => onWorker(id)}>
            {id}
          </button>{' '}
        </Fragment>
      ))
    ) : (
      <code>{said(member, value)}</code>
    );
  const details = (entry.details ?? {}) as Record<string, unknown>;
  const said = (member: string, value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value)) return value.map((one) => said(member, one)).join(t('comma')) || '–';
    if (value === null) return t(member === 'organizationId' ? 'grant.whole' : 'audit.nothing');
    if (typeof value !== 'string') return JSON.stringify(value);
    if (member === 'organizationId') return organizations.data?.items.find((one) => one.id === value)?.name ?? value;
    if (member === 'acts') return name(byCode(framework?.verifierRoles ?? [], value), value);
    const word = member === 'role' ? `role.${value}` : member === 'read' ? `read.${value}` : `value.${value}`;
    return member === 'role' && roles.includes(value) ? t(`role.${value as Schemas['Role']}`) : hasWord(word) ? t(word) : value;
  };
  return (
    <>
      {Object.entries(details).map(([member, value]) => {
        const word = `member.${member}`;
        const called = hasWord(word) ? t(word) : member;
        return Array.isArray(value) && value.length > 3 ? (
          <details key={member}>
            <summary>
              {called}
              {t('colon')}
              {t('audit.many', { number: value.length })}
            </summary>
            {shown(member, value)}
          </details>
        ) : (
          <span key={member} className="audit-detail">
            {called}
            {t('colon')}
            {shown(member, value)}
            {member === 'milestoneId' && readsPeople && entry.workerId && (
              <>
                {' '}
                <Link to={`/people/${entry.workerId}?milestones=${String(value)}`}>{t('audit.openMilestone')}</Link>
              </>
            )}
          </span>
        );
      })}
    </>
  );
}
