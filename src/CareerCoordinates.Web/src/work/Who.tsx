import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../api/client';
import { failureText } from '../ui/Answers';
import { text, useWords } from './words';

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
export function whyNot(because: Schemas['WhyNot'][]): string {
  const said: Record<string, string> = {
    'verifier-needed': text('why.verifierNeeded'),
    'four-eyes': text('why.fourEyes'),
    'about-himself': text('why.aboutHimself'),
  };
  return because.map((one) => said[one.code] ?? one.detail).join(' ');
}

export const whoCan = (nearest: MayVerify['nearest']): string =>
  nearest === null ? text('inbox.noNearest') : text('inbox.nearest', { name: nearest.name ?? text('why.wholeTree') });

/** The answer to "who can verify it?". */
export function Why({ milestone }: { milestone: Schemas['Milestone'] }) {
  const { t } = useWords();
  const answer = useVerification(milestone);
  if (answer.isError) return <p className="fault">{failureText(answer.error)}</p>;
  if (!answer.data) return <p role="status">{t('waiting')}</p>;
  const { mayVerify, because, nearest } = answer.data;
  return (
    <div role="status">
      <p>{mayVerify ? t('inbox.canVerify') : `${whyNot(because)} ${whoCan(nearest)}`}</p>
    </div>
  );
}
