import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../api/client';
import { failureText } from '../ui/Answers';
import { type Say, useWords } from './words';

type MayVerify = Schemas['MayVerify'];

/** Whether the one who asks may verify or void it, why not, and who can. */
export const useVerification = (milestone: Schemas['Milestone']) =>
  useQuery({
    queryKey: ['person', milestone.workerId, 'verification', milestone.id, milestone.revision],
    queryFn: () => {
      const path = { workerId: milestone.workerId, milestoneId: milestone.id };
      return ask(api.GET('/api/v1/workers/{workerId}/milestones/{milestoneId}/verification', { params: { path } }));
    },
  });

/** Why not, in the words of a page; of what is not known here the API's own. */
export function whyNot(t: Say, because: Schemas['WhyNot'][]): string {
  const said: Record<string, string> = {
    'verifier-needed': t('why.verifierNeeded'),
    'four-eyes': t('why.fourEyes'),
    'about-himself': t('why.aboutHimself'),
  };
  return because.map((one) => said[one.code] ?? one.detail).join(' ');
}

export const whoCan = (t: Say, nearest: MayVerify['nearest']): string =>
  nearest === null ? t('inbox.noNearest') : t('inbox.nearest', { name: nearest.name ?? t('why.wholeTree') });

/** The answer to "who can verify it?". */
export function Why({ milestone }: { milestone: Schemas['Milestone'] }) {
  const { t } = useWords();
  const answer = useVerification(milestone);
  if (answer.isLoadingError) return <p className="fault">{failureText(answer.error)}</p>;
  if (!answer.data) return <p role="status">{t('waiting')}</p>;
  const { mayVerify, because, nearest } = answer.data;
  return (
    <div role="status">
      <p>{mayVerify ? t('inbox.canVerify') : `${whyNot(t, because)} ${whoCan(t, nearest)}`}</p>
    </div>
  );
}
