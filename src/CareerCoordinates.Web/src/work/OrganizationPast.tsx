import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schemas } from '../api/client';
import { useCurrentFramework, useOrganizations } from '../api/questions';
import { Failure, Waiting } from '../ui/Answers';
import { dayText, instantText } from '../words/days';
import { useWords } from './words';

type Organization = Schemas['Organization'];

/** All that was recorded of an organisation: who wrote it when, why, and what it changed. */
export function OrganizationPast({ organizationId }: { organizationId: string }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const framework = useCurrentFramework().data;
  const names = useOrganizations().data?.items;
  const past = useQuery({
    queryKey: ['organizations', 'past', organizationId],
    enabled: isOpen,
    queryFn: () => ask(api.GET('/api/v1/organizations/{organizationId}/revisions', { params: { path: { organizationId } } })),
  });
  const said = (one: Organization | undefined): [label: string, value: string][] => [
    [t('orgs.name'), one?.name ?? ''],
    [t('orgs.kind'), one ? t(`org.${one.kind}`) : ''],
    [t('orgs.parent'), one?.parentId ? (names?.find((other) => other.id === one.parentId)?.name ?? t('place.outside')) : ''],
    [t('orgs.from'), one ? dayText(one.from) : ''],
    [t('orgs.creditCode'), one?.creditCode ?? ''],
    [t('orgs.industryCode'), one?.industryCode ?? ''],
    [t('orgs.unionFoundedOn'), one?.unionFoundedOn ? dayText(one.unionFoundedOn) : ''],
    [t('orgs.phone'), one?.phone ?? ''],
  ];
  const items = past.data?.items ?? [];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('orgs.past')}</summary>
      {past.isLoadingError && <Failure error={past.error} retry={() => void past.refetch()} />}
      {isOpen && past.isPending && <Waiting />}
      <ol className="history">
        {items.map((one, i) => {
          const before = said(items[i - 1]);
          const changes = said(one).flatMap(([label, value], j) => {
            const former = before[j]![1];
            if (value === former) return [];
            return [i === 0 ? `${label}${t('colon')}${value}` : `${label}${t('colon')}${former || '–'} → ${value || '–'}`];
          });
          return (
            <li key={one.revision}>
              <b>{t(one.voided ? 'did.voided' : i === 0 ? 'orgs.recorded' : 'did.corrected')}</b>{' '}
              {t('milestone.by', { account: one.recordedBy, at: framework ? instantText(one.recordedAt, framework.timeZone) : '' })}
              {changes.map((change) => (
                <small key={change}>{change}</small>
              ))}
              {one.reason && <small>{t('milestone.reason', { reason: one.reason })}</small>}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
