import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { readOrganizations, useOrganizations } from '../api/questions';
import { treeChoices } from '../api/tree';
import { Choice } from '../ui/Choice';
import { useWords } from './words';

interface Props {
  label: string;
  value: string;
  none?: string;
  required?: boolean;
  fault?: string;
  /** One that cannot be chosen. */
  without?: string;
  onChoose: (organizationId: string) => void;
}

/** One of the organisations in scope, in the order of the tree; where they are many, the union of the street comes first. */
export function OrganizationChoice({ label, value, none, required, fault, without, onChoose }: Props) {
  const { t } = useWords();
  const [street, setStreet] = useState('');
  const all = useOrganizations().data;
  const isWhole = all?.isWhole ?? true;
  const below = useUnder(street).data?.items;
  const items = (isWhole ? all?.items : (below ?? all?.items.filter((one) => one.id === value))) ?? [];
  const isThere = !value || items.some((one) => one.id === value);
  const other = useQuery({
    queryKey: ['organizations', 'one', value],
    enabled: all !== undefined && !isThere,
    queryFn: () => ask(api.GET('/api/v1/organizations/{organizationId}', { params: { path: { organizationId: value } } })),
  }).data;
  const options = treeChoices(items).filter(([id]) => id !== without);
  if (!isThere) options.unshift([value, other?.name ?? '…']);
  return (
    <>
      {!isWhole && (
        <Choice
          label={t('orgs.street')}
          value={street}
          none={none ?? t('log.choose')}
          options={(all?.items ?? []).map((one) => [one.id, one.name])}
          onChoose={(chosen) => {
            setStreet(chosen);
            onChoose(chosen);
          }}
        />
      )}
      <Choice label={label} value={value} none={none ?? t('log.choose')} required={required} fault={fault} options={options} onChoose={onChoose} />
    </>
  );
}

/** An organisation and what is below it, as far as one page goes. */
export const useUnder = (organizationId: string) =>
  useQuery({
    queryKey: ['organizations', 'under', organizationId],
    enabled: organizationId !== '',
    staleTime: 60_000,
    queryFn: () => readOrganizations({ under: organizationId }),
  });
