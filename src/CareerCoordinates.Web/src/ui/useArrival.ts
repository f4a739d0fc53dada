import { useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/** Another page begins at its top; the focus goes to it where the link that led there is gone. */
export function useArrival() {
  const { pathname } = useLocation();
  const way = useNavigationType();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    // Back to where one was the browser finds by itself.
    if (way === 'PUSH') scrollTo(0, 0);
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
  }, [pathname, way]);
}
