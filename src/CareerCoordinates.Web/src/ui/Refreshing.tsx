import type { ReactNode } from 'react';
import { Waiting } from './Answers';

interface Props {
  /** Whether what is shown answers the question before. */
  isOld: boolean;
  /** Whether it is only looked at; what can be acted on is out of reach until it is new. */
  isLookedAt?: boolean;
  children: ReactNode;
}

/** The answer to the question before stays, paler, while the new one is on its way; a wait that is felt says so above it. */
export function Refreshing({ isOld, isLookedAt, children }: Props) {
  return (
    <div aria-busy={isOld} className={isOld ? 'old' : undefined}>
      {isOld && (
        <div className="refreshing">
          <Waiting />
        </div>
      )}
      <div inert={isOld && !isLookedAt}>{children}</div>
    </div>
  );
}
