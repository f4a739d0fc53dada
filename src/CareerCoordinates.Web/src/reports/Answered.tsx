import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Framework } from '../api/framework';
import { Failure, Waiting } from '../ui/Answers';
import { Refreshing } from '../ui/Refreshing';
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

/** What a report answers, below its clocks. */
export function Answered<A extends Answer>({ framework, answer, isOld = answer.isPlaceholderData, leads, children }: Props<A>) {
  if (answer.isLoadingError) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Waiting />;
  return (
    <Refreshing isOld={isOld} isLookedAt>
      <Clocks framework={framework} answer={answer.data} leads={leads} />
      {children(answer.data)}
    </Refreshing>
  );
}
