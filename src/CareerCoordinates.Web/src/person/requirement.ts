import type { Schemas } from '../api/client';
import { type Attribute, byCode, type Coded, type Framework, type MilestoneType, type Named, rungOf } from '../api/framework';
import { language, text } from '../words/words';

type Leaf = Schemas['RequirementLeaf'];

const nameOf = (named: Named | undefined, code: string) => named?.[language()] ?? code;

const daysInYear = 365.2425;

/** A unit by whose name something is called that is measured by it is an order, such as a rank: "rank 3", not "3 ranks". */
function isOrder(framework: Framework, unit: string | undefined): boolean {
  const named = byCode(framework.units, unit);
  const isCalledSo = (one: Attribute) => one.unit === unit && (one.zh === named?.zh || one.en === named?.en);
  return named !== undefined && framework.milestoneTypes.some((type) => type.attributes.some(isCalledSo));
}

/** The unit that stands behind a value, or none. */
export const unitOfAttribute = (framework: Framework, attribute: Attribute | undefined): Coded | undefined =>
  isOrder(framework, attribute?.unit) ? undefined : byCode(framework.units, attribute?.unit);

/** A value of an attribute in words: what an enumeration calls it, a number with its unit. */
export function valueText(framework: Framework, type: MilestoneType | undefined, code: string, value: unknown): string {
  const attribute = byCode(type?.attributes ?? [], code);
  if (typeof value === 'boolean' || attribute?.type === 'boolean') return text(String(value) === 'true' ? 'yes' : 'no');
  const allowed = byCode(attribute?.allowed ?? [], String(value));
  if (allowed) return nameOf(allowed, allowed.code);
  const unit = unitOfAttribute(framework, attribute);
  const number = attribute?.type === 'integer' || attribute?.type === 'decimal' ? Number(value) : value;
  const shown = typeof number === 'number' && !Number.isNaN(number) ? number.toLocaleString(language() === 'zh' ? 'zh-CN' : 'en-GB') : String(value);
  return unit ? `${shown} ${nameOf(unit, unit.code)}` : shown;
}

const operators = { eq: 'op.eq', in: 'op.eq', lte: 'op.lte', gte: 'op.gte', between: 'op.between' } as const;

function whereText(framework: Framework, type: MilestoneType | undefined, tests: Schemas['AttributeTest'][]): string {
  const said = tests.map((test) => {
    const values = test.values.map((value) => valueText(framework, type, test.attribute, value));
    const asked = byCode(type?.attributes ?? [], test.attribute);
    const attribute = nameOf(asked, test.attribute);
    const values_ = test.op === 'between' ? values.join('–') : values.join(text('or'));
    const operator = test.op === 'lte' && isOrder(framework, asked?.unit) ? 'op.orBetter' : operators[test.op as keyof typeof operators];
    return text(operator ?? 'op.eq', { attribute, values: values_ });
  });
  return said.length === 0 ? '' : text('leaf.where', { where: said.join(text('and')) });
}

/** What one part of a requirement asks for. */
export function leafText(framework: Framework, leaf: Leaf): string {
  const years = leaf.minYears ?? 0;
  switch (leaf.kind) {
    case 'milestone': {
      const type = byCode(framework.milestoneTypes, leaf.type);
      const what = nameOf(type, leaf.type ?? '') + whereText(framework, type, leaf.where);
      const many = (leaf.needed ?? 1) > 1 ? text('leaf.count', { number: leaf.needed! }) : '';
      return what + many + (leaf.minYearsSince ? text('leaf.since', { years: leaf.minYearsSince }) : '');
    }
    case 'rungHeld': {
      const rung = nameOf(rungOf(framework, leaf.channel, leaf.rung), leaf.rung ?? '');
      return years > 0 ? text('leaf.rungYears', { rung, years }) : text('leaf.rung', { rung });
    }
    case 'yearsInCareer':
      return text('leaf.career', { years: inYears(leaf, leaf.needed) });
    case 'yearsInOccupation':
      return text('leaf.occupation', { years: inYears(leaf, leaf.needed) });
    case 'minAge':
      return text('leaf.age', { years: inYears(leaf, leaf.needed) });
    default:
      return leaf.words ? nameOf(leaf.words, '') : '';
  }
}

const inYears = (leaf: Leaf, number: number | null) =>
  number === null ? '?' : String(leaf.unit === 'days' ? Math.round((number / daysInYear) * 10) / 10 : number);

/** Why nobody can tell; empty where the framework says it, or nothing needs to be said. */
export function unknownText(leaf: Leaf): string {
  if (leaf.state !== 'unknown') return '';
  return leaf.kind === 'minAge' ? text('leaf.noBirthDate') : leaf.kind === 'yearsInCareer' ? text('leaf.noCareerStart') : '';
}

/** What the worker has of it so far; empty where that says nothing. */
export function hadText(leaf: Leaf): string {
  if (leaf.state !== 'unmet' || leaf.had === null || leaf.needed === null || leaf.kind === 'minAge') return '';
  if (leaf.kind === 'milestone') return leaf.needed > 1 ? text('leaf.hadCount', { had: leaf.had, needed: leaf.needed }) : '';
  const had = leaf.unit === 'days' ? Math.floor((leaf.had / daysInYear) * 10) / 10 : leaf.had;
  return text('leaf.hadYears', { had });
}
