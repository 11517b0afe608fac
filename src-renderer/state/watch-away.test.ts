import { expect, it } from 'vitest';
import { createView } from './view.ts';
import { watchAway } from './watch-away.ts';

it.each([
  [20 * 60_000, null],
  [20 * 60_000 + 1, { from: 1000, to: 1000 + 20 * 60_000 + 1 }],
])('coming back after %d ms', (spent, expected) => {
  let now = 1000;
  const page = new EventTarget();
  const view = createView();
  const stop = watchAway({ view, page, now: () => now });
  page.dispatchEvent(new Event('blur'));
  now += spent;
  page.dispatchEvent(new Event('focus'));
  // Nobody was away a second time.
  page.dispatchEvent(new Event('focus'));
  stop();
  expect(view.get().away).toEqual(expected);
});
