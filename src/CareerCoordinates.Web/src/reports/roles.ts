import type { Schemas } from '../api/client';

type Grants = Schemas['Me']['grants'];

const seesProtected = (grants: Grants) => grants.some((one) => one.role === 'analyst' || one.role === 'auditor');
const seesExact = (grants: Grants) => grants.some((one) => one.role === 'officer');

export const readsReports = (grants: Grants) => seesExact(grants) || seesProtected(grants);

/** Who may have both chooses. */
export const choosesCounts = (grants: Grants) => seesExact(grants) && seesProtected(grants);

/** How the numbers will be counted: exact ones are for officers. */
export const countsOf = (grants: Grants, asked: Schemas['CountsKind'] | undefined): Schemas['CountsKind'] =>
  asked ?? (seesExact(grants) ? 'exact' : 'protected');

/** Officers and analysts keep reports under a name. */
export const savesReports = (grants: Grants) => seesExact(grants) || grants.some((one) => one.role === 'analyst');
