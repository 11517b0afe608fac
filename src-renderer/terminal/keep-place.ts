// Comes back to what was being read in an earlier view: when it is there, and until somebody does something else with this one.
import type { ScrollMark } from '../lib/scroll-mark.ts';
import type { ScrollLock } from './scroll-lock.ts';

/** Milliseconds for which the place is looked for, and kept. */
const patience = 5000;
/** What a person does to go elsewhere. */
const acts = ['wheel', 'keydown', 'pointerdown'] as const;

export interface KeptPlace {
  /** Something was printed or drawn. */
  look(): void;
  end(): void;
}

/**
 * A snapshot may be of long ago, and the place in the bytes behind it. And the emulator's scrollbar learns of new lines when they
 * are drawn, and goes to the end with them: so the place is taken again until it holds.
 */
export function keepPlace({
  mark,
  lock,
  container,
  now = () => performance.now(),
}: {
  /** Null: there is nothing to come back to. */
  readonly mark: ScrollMark | null;
  readonly lock: Pick<ScrollLock, 'state' | 'restore'>;
  readonly container: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  readonly now?: () => number;
}): KeptPlace {
  const opened = now();
  let wanted = mark;
  let found = false;
  const end = (): void => {
    wanted = null;
    for (const act of acts) container.removeEventListener(act, end, { capture: true });
  };
  if (wanted !== null) for (const act of acts) container.addEventListener(act, end, { capture: true });
  return {
    end,
    look() {
      if (wanted === null) return;
      if (now() - opened > patience) return end();
      if (found && lock.state.get().kind === 'locked') return;
      if (lock.restore(wanted)) found = true;
    },
  };
}
