import type { Schemas } from '../api/client';
import type { MilestoneType } from '../api/framework';
import { asWritten } from '../words/days';

/** What stands in the form of a milestone, as it is typed. */
export interface Draft {
  on: string;
  until: string;
  values: Record<string, string>;
  /** Proofs: those that the type names, and those that were recorded before. */
  evidence: { type: string; reference: string }[];
  note: string;
}

const emptyProofs = (type: MilestoneType, had: { type: string }[] = []) =>
  type.evidence.filter((code) => !had.some((one) => one.type === code)).map((code) => ({ type: code, reference: '' }));

export const emptyDraft = (type: MilestoneType): Draft => ({ on: '', until: '', values: {}, evidence: emptyProofs(type), note: '' });

/** What is recorded, to be corrected. */
export function draftOf(type: MilestoneType, milestone: Schemas['Milestone']): Draft {
  const had = milestone.evidence.map((one) => ({ type: one.type, reference: one.reference ?? '' }));
  return {
    on: milestone.occurredOn,
    until: milestone.until ?? '',
    values: Object.fromEntries(Object.entries(milestone.attributes).map(([code, value]) => [code, String(value)])),
    evidence: [...had, ...emptyProofs(type, had)],
    note: milestone.note ?? '',
  };
}

/** What was typed, over what somebody else wrote meanwhile: what was not touched here is as he left it. */
export function mergedDraft(type: MilestoneType, base: Schemas['Milestone'], typed: Draft, now: Schemas['Milestone']): Draft {
  const [before, theirs] = [draftOf(type, base), draftOf(type, now)];
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const pick = <K extends keyof Draft>(member: K): Draft[K] => (isSame(typed[member], before[member]) ? theirs[member] : typed[member]);
  const codes = [...new Set([...Object.keys(typed.values), ...Object.keys(theirs.values)])];
  const values = codes.map((code) => [code, (typed.values[code] ?? '') === (before.values[code] ?? '') ? (theirs.values[code] ?? '') : (typed.values[code] ?? '')]);
  return { on: pick('on'), until: pick('until'), values: Object.fromEntries(values), evidence: pick('evidence'), note: pick('note') };
}

/** Values as the API takes them: numbers as numbers, what is empty left out. */
export function typedValues(type: MilestoneType, values: Record<string, string>): Record<string, string | number | boolean> {
  const typed: Record<string, string | number | boolean> = {};
  for (const { code, type: kind } of type.attributes) {
    const value = values[code]?.trim() ?? '';
    if (value === '') continue;
    const number = Number(value);
    if (kind === 'boolean') typed[code] = value === 'true';
    else typed[code] = (kind === 'integer' || kind === 'decimal') && Number.isFinite(number) ? number : value;
  }
  return typed;
}

/** The content that the API is told. */
export const contentOf = (type: MilestoneType, draft: Draft) => ({
  occurredOn: asWritten(draft.on),
  until: asWritten(draft.until) || null,
  attributes: typedValues(type, draft.values),
  evidence: draft.evidence.flatMap(({ type: code, reference }) => (reference.trim() ? [{ type: code, reference: reference.trim() }] : [])),
  note: draft.note.trim() || null,
});
