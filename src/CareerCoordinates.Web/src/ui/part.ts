import { type ComponentType, lazy } from 'react';

/** A part of the app did not come: no line, or the program is another version by now. */
export class PartMissing extends Error {}

/** A part of the app that comes when it is first opened. */
export const part = <P,>(load: () => Promise<ComponentType<P>>) =>
  lazy(() =>
    load().then(
      (component) => ({ default: component }),
      () => {
        throw new PartMissing();
      },
    ),
  );
