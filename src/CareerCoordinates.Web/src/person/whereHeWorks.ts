import type { Schemas } from '../api/client';

/** Names of the organisations to which he belongs on the day, the primary one first. */
export function whereHeWorks(record: Schemas['Record'], on: string): string[] {
  return record.affiliations
    .map((one) => ({ name: one.organization ?? one.revisions.at(-1)?.externalName, now: one.revisions.at(-1)! }))
    .filter(({ now }) => !now.voided && now.from <= on && (now.until === null || now.until >= on))
    .sort((a, b) => Number(b.now.primary) - Number(a.now.primary))
    .flatMap(({ name }) => (name ? [name] : []));
}
