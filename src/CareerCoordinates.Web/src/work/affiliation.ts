import { api, ask, type Schemas } from '../api/client';
import { etagOf } from '../api/questions';
import { asWritten, dayNumber, dayOf } from '../words/days';

export type Affiliation = Schemas['Affiliation'];
export const kinds: Schemas['AffiliationKind'][] = ['labour-contract', 'dispatch', 'platform-work', 'union-only', 'external'];

/** What stands in the form of an affiliation, as it is typed. */
export interface AffiliationDraft {
  kind: Schemas['AffiliationKind'];
  organizationId: string;
  externalName: string;
  from: string;
  until: string;
  primary: boolean;
  staffNumber: string;
  employmentForm: string;
  occupationCode: string;
}

export const emptyAffiliation = (primary: boolean): AffiliationDraft => ({
  kind: 'labour-contract',
  organizationId: '',
  externalName: '',
  from: '',
  until: '',
  primary,
  staffNumber: '',
  employmentForm: '',
  occupationCode: '',
});

/** What is recorded, to be corrected. */
export const draftOfAffiliation = (one: Affiliation): AffiliationDraft => ({
  kind: one.kind,
  organizationId: one.organizationId ?? '',
  externalName: one.externalName ?? '',
  from: one.from,
  until: one.until ?? '',
  primary: one.primary,
  staffNumber: one.staffNumber ?? '',
  employmentForm: one.employmentForm ?? '',
  occupationCode: one.occupationCode ?? '',
});

/** The content that the API is told. */
export const contentOfAffiliation = (draft: AffiliationDraft) => ({
  kind: draft.kind,
  organizationId: draft.kind === 'external' ? null : draft.organizationId,
  externalName: draft.kind === 'external' ? draft.externalName.trim() : null,
  from: asWritten(draft.from),
  until: asWritten(draft.until) || null,
  primary: draft.primary,
  staffNumber: draft.staffNumber.trim() || null,
  employmentForm: draft.employmentForm || null,
  occupationCode: draft.occupationCode.trim() || null,
});

const of = (one: Affiliation) => ({ workerId: one.workerId, affiliationId: one.id });

export const readAffiliation = (one: Affiliation) =>
  ask(api.GET('/api/v1/workers/{workerId}/affiliations/{affiliationId}', { params: { path: of(one) } }));

/** @param patch Only what changes: what somebody else changed elsewhere in it stays. */
export const changeAffiliation = (one: Affiliation, patch: Schemas['AffiliationPatch']) =>
  ask(
    api.PATCH('/api/v1/workers/{workerId}/affiliations/{affiliationId}', {
      params: { path: of(one), header: { 'If-Match': etagOf(one) } },
      body: patch,
    }),
  );

export const voidAffiliation = (one: Affiliation, reason: string) =>
  ask(
    api.POST('/api/v1/workers/{workerId}/affiliations/{affiliationId}:void', {
      params: { path: of(one), header: { 'If-Match': etagOf(one) } },
      body: { reason },
    }),
  );

/** The one that ended when this one began, as in a transfer. */
export const leftFor = (one: Affiliation, all: Affiliation[]) =>
  all.find((other) => other.id !== one.id && other.primary && one.primary && other.until === dayOf(dayNumber(one.from) - 1));
