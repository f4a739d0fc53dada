import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Framework } from '../api/framework';
import { Failure, Waiting } from '../ui/Answers';
import { Clocks } from './Clocks';
import type { Answer } from './source';

interface Props<A> {
  framework: Framework;
  answer: UseQueryResult<A>;
  /** Whether what is shown answers the question before. */
  isOld?: boolean;
  /** Whether its numbers lead to the people behind them. */
  leads?: boolean;
  children: (answer: A) => ReactNode;
}

/** What a report answers, below its clocks. The answer to the question before stays, paler, while the new one is on its way; a wait that is felt says so above it. */
export function Answered<A extends Answer>({ framework, answer, isOld = answer.isPlaceholderData, leads, children }: Props<A>) {
  if (answer.isError) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Waiting />;
  return (
    <div aria-busy={isOld} className={isOld ? 'old' : undefined}>
      {isOld && (
        <div className="refreshing">
          <Waiting />
        </div>
      )}
      <Clocks framework={framework} answer={answer.data} leads={leads} />
      {children(answer.data)}
    </div>
  );
}
