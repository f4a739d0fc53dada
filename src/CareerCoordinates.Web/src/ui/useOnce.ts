import { useRef } from 'react';

/** Lets something begin once until it has ended: the second of two quick clicks comes before the button is drawn as pressed. */
export function useOnce() {
  const isBegun = useRef(false);
  const begin = (act: () => void) => {
    if (isBegun.current) return;
    isBegun.current = true;
    act();
  };
  const end = () => {
    isBegun.current = false;
  };
  return { begin, end };
}
