import { useQueries } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { useWords } from '../words/words';

/** The names of those to whom the milestones belong. */
export function useNames(items: { workerId: string }[]): Map<string, string> {
  const { t } = useWords();
  const ids = [...new Set(items.map((one) => one.workerId))];
  const people = useQueries({
    queries: ids.map((workerId) => ({
      queryKey: ['person', workerId, 'worker'],
      staleTime: 300_000,
      queryFn: () => ask(api.GET('/api/v1/workers/{workerId}', { params: { path: { workerId } } })),
    })),
  });
  return new Map(people.flatMap(({ data }) => (data ? [[data.id, data.name ?? t('person.erased')] as const] : [])));
}
