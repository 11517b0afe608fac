import { expect, it } from 'vitest';
import { createStore } from '../lib/store.ts';
import { keepPlace } from './keep-place.ts';
import type { ScrollState } from './scroll-lock.ts';

const mark = { text: ['a', 'b', 'c'], fromBottom: 7 };

/** A view in which the place is there or not, and that may go to its end by itself. */
function view() {
  const state = createStore<ScrollState>({ kind: 'following' });
  const container = new EventTarget();
  let isThere = false;
  let time = 0;
  let restored = 0;
  const kept = keepPlace({
    mark,
    container,
    now: () => time,
    lock: {
      state,
      restore() {
        if (isThere) restored += 1;
        if (isThere) state.set({ kind: 'locked', newLines: 0, orMore: false });
        return isThere;
      },
    },
  });
  return {
    kept,
    container,
    printed: () => void (isThere = true),
    wentToTheEnd: () => state.set({ kind: 'following' }),
    pass: (ms: number) => void (time += ms),
    restored: () => restored,
  };
}

it('waits until the place is there, and takes it once while it holds', () => {
  const { kept, printed, restored } = view();
  kept.look();
  const before = restored();
  printed();
  kept.look();
  kept.look();
  expect([before, restored()]).toEqual([0, 1]);
});

it('takes it again when the view went to its end by itself', () => {
  const { kept, printed, wentToTheEnd, restored } = view();
  printed();
  kept.look();
  wentToTheEnd();
  kept.look();
  expect(restored()).toBe(2);
});

it.each(['wheel', 'keydown', 'pointerdown'])('is done with when somebody acts: %s', (act) => {
  const { kept, container, printed, wentToTheEnd, restored } = view();
  printed();
  kept.look();
  container.dispatchEvent(new Event(act));
  wentToTheEnd();
  kept.look();
  expect(restored()).toBe(1);
});

it('does not look for ever', () => {
  const { kept, printed, pass, restored } = view();
  pass(5001);
  printed();
  kept.look();
  expect(restored()).toBe(0);
});
