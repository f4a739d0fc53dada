import type { ReactNode } from 'react';
import { Waiting } from '../ui/Answers';

/** The answer to the question before, paler, while the new one is on its way; a wait that is felt says so above it. */
export function Stale({ isOld, children }: { isOld: boolean; children: ReactNode }) {
  return (
    <div aria-busy={isOld} className={isOld ? 'old' : undefined}>
      {isOld && (
        <div className="refreshing">
          <Waiting />
        </div>
      )}
      {children}
    </div>
  );
}
