import type { Schemas } from '../api/client';
import type { Named, Test } from '../api/framework';

type Leaf = Schemas['RequirementLeaf'];

/** A part of a requirement as the framework's file spells it. */
interface Part extends Partial<Named> {
  kind?: string;
  anyOf?: Part[];
  allOf?: Part[];
  type?: string;
  minCount?: number;
  where?: { all: Test[] };
  minYearsSince?: number;
  channel?: string;
  rung?: string;
  minYears?: number;
  min?: number;
}

/** The ways to a rung, each with all that it asks for: the same parts as those of a worker's next steps, without his state. */
export function waysOf(requirement: unknown): Leaf[][] {
  if (requirement === null || requirement === undefined) return [];
  const { anyOf, ...one } = requirement as Part;
  return (anyOf ?? [one]).map((way) => (way.allOf ?? [way]).filter((part) => part.kind !== undefined).map(leafOf));
}

function leafOf(part: Part): Leaf {
  const where = (part.where?.all ?? []).map(({ attr, op, value }) => ({
    attribute: attr,
    op,
    values: (Array.isArray(value) ? value : [value]).map(String),
  }));
  return {
    kind: part.kind!,
    state: 'unknown',
    had: null,
    needed: part.min ?? part.minCount ?? null,
    unit: null,
    earliest: null,
    milestoneIds: [],
    type: part.type ?? null,
    where,
    minYearsSince: part.minYearsSince ?? null,
    channel: part.channel ?? null,
    rung: part.rung ?? null,
    minYears: part.minYears ?? null,
    words: part.zh !== undefined && part.en !== undefined ? { zh: part.zh, en: part.en } : null,
    note: null,
  };
}
