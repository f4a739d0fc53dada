import { useOrganizations } from '../api/questions';
import { Choice } from '../ui/Choice';
import { useWords } from './words';

interface Props {
  label: string;
  value: string;
  none?: string;
  required?: boolean;
  fault?: string;
  onChoose: (organizationId: string) => void;
}

/** One of the organisations in scope, in the order of the tree. */
export function OrganizationChoice({ label, value, none, required, fault, onChoose }: Props) {
  const { t } = useWords();
  const items = useOrganizations().data?.items ?? [];
  return (
    <Choice
      label={label}
      value={value}
      none={none ?? t('log.choose')}
      required={required}
      fault={fault}
      options={inTreeOrder(items).map(({ item, depth }) => [item.id, `${'　'.repeat(depth)}${item.name}`])}
      onChoose={onChoose}
    />
  );
}

interface Node {
  id: string;
  parentId: string | null;
  name: string;
}

/** Each below its parent; one whose parent is not there stands at the top. */
export function inTreeOrder<T extends Node>(items: T[]): { item: T; depth: number }[] {
  const known = new Set(items.map((one) => one.id));
  const below = new Map<string, T[]>();
  for (const item of items) {
    const parent = item.parentId && known.has(item.parentId) ? item.parentId : '';
    below.set(parent, [...(below.get(parent) ?? []), item]);
  }
  const list: { item: T; depth: number }[] = [];
  const add = (parent: string, depth: number) => {
    for (const item of below.get(parent) ?? []) {
      list.push({ item, depth });
      add(item.id, depth + 1);
    }
  };
  add('', 0);
  return list;
}
