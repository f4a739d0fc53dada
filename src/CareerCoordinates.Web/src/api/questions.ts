import { keepPreviousData, type QueryClient, useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from './client';
import type { Framework } from './framework';
import { byName } from './tree';

/** Who is signed in. */
export const useMe = () => useQuery({ queryKey: ['me'], staleTime: 60_000, queryFn: () => ask(api.GET('/api/v1/me')) });

export const useNotice = () => useQuery({ queryKey: ['notice'], queryFn: () => ask(api.GET('/api/v1/notice')), staleTime: Infinity });

/** A published version never changes. */
export function useFramework(reference: { code: string; version: number } | undefined) {
  return useQuery({
    queryKey: ['framework', reference?.code, reference?.version],
    enabled: reference !== undefined,
    staleTime: Infinity,
    queryFn: () => readFramework(reference!),
  });
}

const readFramework = async (path: { code: string; version: number }) =>
  (await ask(api.GET('/api/v1/frameworks/{code}/versions/{version}', { params: { path } }))) as unknown as Framework;

/** The framework that is served now, for whoever is not signed in. */
export const useServedFramework = () =>
  useQuery({ queryKey: ['framework', 'served'], queryFn: async () => readFramework(await ask(api.GET('/api/v1/frameworks'))) });

/** A page of organisations, by name. */
export async function readOrganizations(query: { kind?: 'street-union'; under?: string }) {
  const page = await ask(api.GET('/api/v1/organizations', { params: { query: { ...query, limit: 500 } } }));
  return { ...page, items: byName(page.items) };
}

/** Organisations to choose from: all in scope, or where they are more than a page the unions of the streets. */
export const useOrganizations = () =>
  useQuery({
    queryKey: ['organizations'],
    staleTime: 60_000,
    queryFn: async () => {
      const all = await readOrganizations({});
      return all.nextCursor === null ? { ...all, isWhole: true } : { ...(await readOrganizations({ kind: 'street-union' })), isWhole: false };
    },
  });

/** The unions of the streets, by which a district is told apart. */
export const useStreets = () =>
  useQuery({
    queryKey: ['organizations', 'streets'],
    staleTime: 60_000,
    queryFn: () => readOrganizations({ kind: 'street-union' }),
  });

/** The framework that the database serves now. */
export const useCurrentFramework = () => useFramework(useMe().data?.framework);

const path = (workerId: string) => ({ workerId });

/** Of himself a worker asks at addresses without his id: those his page's HTML asks already (see vite.config.ts). */
const isOwn = (client: QueryClient, workerId: string) => client.getQueryData<Schemas['Me']>(['me'])?.workerId === workerId;

export const useRecord = (workerId: string) =>
  useQuery({
    queryKey: ['person', workerId, 'record'],
    queryFn: ({ client }) =>
      ask(
        isOwn(client, workerId)
          ? api.GET('/api/v1/me/record')
          : api.GET('/api/v1/workers/{workerId}/record', { params: { path: path(workerId) } }),
      ),
  });

/** @param asOf A day; undefined is today. */
export const useCoordinate = (workerId: string, asOf?: string) =>
  useQuery({
    queryKey: ['person', workerId, 'coordinate', asOf ?? 'today'],
    placeholderData: keepPreviousData,
    queryFn: ({ client }) =>
      ask(
        isOwn(client, workerId)
          ? api.GET('/api/v1/me/coordinate', { params: { query: { asOf } } })
          : api.GET('/api/v1/workers/{workerId}/coordinate', { params: { path: path(workerId), query: { asOf } } }),
      ),
  });

export const useNextSteps = (workerId: string, asOf?: string) =>
  useQuery({
    queryKey: ['person', workerId, 'steps', asOf ?? 'today'],
    placeholderData: keepPreviousData,
    queryFn: ({ client }) =>
      ask(
        isOwn(client, workerId)
          ? api.GET('/api/v1/me/next-steps', { params: { query: { asOf } } })
          : api.GET('/api/v1/workers/{workerId}/next-steps', { params: { path: path(workerId), query: { asOf } } }),
      ),
  });

export const useTrajectory = (workerId: string) =>
  useQuery({
    queryKey: ['person', workerId, 'trajectory'],
    queryFn: ({ client }) =>
      ask(
        isOwn(client, workerId)
          ? api.GET('/api/v1/me/trajectory')
          : api.GET('/api/v1/workers/{workerId}/trajectory', { params: { path: path(workerId) } }),
      ),
  });

/** All of them, voided ones too. */
export const useMilestones = (workerId: string) =>
  useQuery({
    queryKey: ['person', workerId, 'milestones'],
    queryFn: async ({ client }) => {
      const all: Schemas['Milestone'][] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 500, cursor, include: 'voided' as const };
        const page = await ask(
          isOwn(client, workerId)
            ? api.GET('/api/v1/me/milestones', { params: { query } })
            : api.GET('/api/v1/workers/{workerId}/milestones', { params: { path: path(workerId), query } }),
        );
        all.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return all;
    },
  });

/** One milestone as it is now. */
export const readMilestone = (workerId: string, milestoneId: string) =>
  ask(api.GET('/api/v1/workers/{workerId}/milestones/{milestoneId}', { params: { path: { workerId, milestoneId } } }));

/** What `If-Match` takes: its revision decides. */
export const etagOf = (read: { etag?: string | null; revision: number }) => read.etag ?? `"${read.revision}"`;
