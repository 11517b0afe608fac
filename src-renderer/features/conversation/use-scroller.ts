import { useEffect, useRef, useState } from 'react';
import { useView } from '../app-context.tsx';
import { keepAtEnd, type AtEnd } from './keep-at-end.ts';

/** An element that scrolls, as a terminal does: at its end until somebody goes up, and with the keyboard by an act of the user. */
export function useScroller(nearTop: () => void) {
  const scroller = useRef<HTMLDivElement>(null);
  const kept = useRef<AtEnd>(null);
  const [following, setFollowing] = useState(true);
  useEffect(() => {
    if (scroller.current === null) return undefined;
    const end = keepAtEnd(scroller.current, { tell: setFollowing, nearTop });
    kept.current = end;
    return () => end.stop();
  }, [nearTop]);

  const { focusTerminal } = useView();
  const handled = useRef(focusTerminal - (focusTerminal > 0 ? 1 : 0));
  useEffect(() => {
    if (handled.current === focusTerminal) return;
    handled.current = focusTerminal;
    scroller.current?.focus();
  }, [focusTerminal]);
  return {
    scroller,
    following,
    follow(): void {
      kept.current?.follow();
      scroller.current?.focus();
    },
  };
}
