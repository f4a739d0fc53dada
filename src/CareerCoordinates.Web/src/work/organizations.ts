import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { useFramework } from '../api/questions';

/** Organisations to choose from: all in scope, or where they are more than a page the unions of the streets. */
export const useOrganizations = () =>
  useQuery({
    queryKey: ['organizations'],
    staleTime: 60_000,
    queryFn: async () => {
      const all = await ask(api.GET('/api/v1/organizations', { params: { query: { limit: 500 } } }));
      if (all.nextCursor === null) return all;
      return ask(api.GET('/api/v1/organizations', { params: { query: { limit: 500, kind: 'street-union' } } }));
    },
  });

/** The framework that the database serves now. */
export const useCurrentFramework = () => useFramework(useOrganizations().data?.framework);
