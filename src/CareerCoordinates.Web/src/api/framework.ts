/** The model as `GET /api/v1/frameworks/{code}/versions/{n}` gives it; what the pages use of it. */
export interface Named {
  zh: string;
  en: string;
}

export interface Coded extends Named {
  code: string;
}

export interface Rung extends Coded {
  order: number;
  level: number;
  attained: string;
  requirement?: unknown;
  note?: Named;
  status?: string;
  whatGrants?: Named;
}

export interface Channel extends Coded {
  rungs: Rung[];
  purpose?: Named;
  note?: Named;
  /** Fewer of its counts are shown where they are protected. */
  sensitive?: boolean;
}

export interface Stage extends Coded {
  fromYears: number;
  toYears: number | null;
  measures: string[];
  why?: Named;
}

export interface Level extends Named {
  level: number;
  meaning?: Named;
}

export interface Attribute extends Coded {
  type: 'string' | 'integer' | 'decimal' | 'boolean' | 'enum' | 'ref';
  required: boolean;
  unit?: string;
  min?: number;
  max?: number;
  format?: string;
  allowed?: Coded[];
}

export interface Test {
  attr: string;
  op: 'eq' | 'in' | 'lte' | 'gte' | 'between';
  value: unknown;
}

export interface TypeGrant {
  channel: string;
  rung: string;
  when: { all: Test[] };
  mode: 'direct' | 'supports';
}

export interface MilestoneType extends Coded {
  kind: string;
  period: 'point' | 'open' | 'term';
  enabled: boolean;
  sensitivity: string;
  attributes: Attribute[];
  grants: TypeGrant[];
  evidence: string[];
  verifiedBy: string[];
  status?: string;
  note?: Named;
}

/** A number of the year; `entered` are the figures that organisations report. */
export interface Indicator extends Coded {
  definition?: Named;
  entered?: (Coded & { unit: string })[];
}

export interface Framework extends Coded {
  version: number;
  timeZone: string;
  disclaimer: Named;
  useLimit: Named;
  levels: Level[];
  stages: Stage[];
  channels: Channel[];
  milestoneKinds: Coded[];
  keyNodes: Coded[];
  initiatives: Coded[];
  services: Coded[];
  milestoneTypes: MilestoneType[];
  evidenceTypes: Coded[];
  verifierRoles: Coded[];
  employmentForms: Coded[];
  units: Coded[];
  indicators: Indicator[];
}

export const byCode = <T extends Coded>(list: T[], code: string | null | undefined): T | undefined =>
  code == null ? undefined : list.find((one) => one.code === code);

export const rungOf = (framework: Framework, channel: string | null, rung: string | null): Rung | undefined =>
  byCode(byCode(framework.channels, channel)?.rungs ?? [], rung);

/** Whether attributes meet a condition; one that is absent does not. */
export function meets(tests: Test[], attributes: Record<string, unknown>): boolean {
  return tests.every(({ attr, op, value }) => {
    const had = attributes[attr];
    if (had === undefined || had === null || had === '') return false;
    const list = Array.isArray(value) ? value : [value];
    switch (op) {
      case 'eq':
        return String(had) === String(value);
      case 'in':
        return list.some((one) => String(one) === String(had));
      case 'lte':
        return Number(had) <= Number(value);
      case 'gte':
        return Number(had) >= Number(value);
      case 'between':
        return Number(had) >= Number(list[0]) && Number(had) <= Number(list[1]);
    }
  });
}
