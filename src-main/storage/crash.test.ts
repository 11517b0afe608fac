// A process that is killed leaves the old state or the new one, and blocks nobody.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listClaims } from './claims.ts';
import { reserveNumber } from './counters.ts';
import { claimOnce, ScratchHome } from './fixtures/scratch-home.ts';
import { listSessions } from './sessions.ts';
import type { Store } from './store.ts';

let home: ScratchHome;
beforeEach(() => {
  home = new ScratchHome();
});
afterEach(() => home.remove());

it('is old or new after kill -9 at every call of a first start and write', { timeout: 120_000 }, async () => {
  const points = await home.faultPointsOf('claim', [1]);
  expect(points).toContain('db claim: commit');
  for (const index of points.keys()) {
    const fresh = new ScratchHome();
    try {
      const end = await fresh.contend('claim', [1], `kill:${index + 1}`).ended;
      const store = await fresh.openFully();
      const before = stateOf(store);
      expect([points[index], end, before]).toEqual([points[index], 'SIGKILL', before === 'new' ? 'new' : 'old']);
      await store.write('again', (tx) => claimOnce(tx, '1'));
      expect([points[index], stateOf(store)]).toEqual([points[index], 'new']);
    } finally {
      await fresh.remove();
    }
  }
});

it('is old or new after a full disk at any call of a first start and write', { timeout: 120_000 }, async () => {
  const points = await home.faultPointsOf('claim', [1]);
  for (const index of points.keys()) {
    const fresh = new ScratchHome();
    try {
      const failing = fresh.contend('claim', [1], `fail:${index + 1}:ENOSPC`);
      const end = await failing.ended;
      const store = await fresh.openFully();
      const outcome = {
        point: points[index],
        end,
        state: stateOf(store),
        named: failing.lines.some((line) => line.includes('ENOSPC')),
      };
      // A doorbell that can't be rung fails nothing: the commit stands.
      const expected = end === 0 ? { end, state: 'new', named: false } : { end: 1, state: 'old', named: true };
      expect(outcome).toEqual({ point: points[index], ...expected });
    } finally {
      await fresh.remove();
    }
  }
});

it('keeps everything that was committed, and no half of anything, when killed at any moment', async () => {
  const store = await home.openFully();
  let reported = 0;
  for (const wanted of [1, 2, 5, 9, 17, 30]) {
    const flood = home.contend('flood');
    // The issues of the runs before are taken, so that the first reports are null.
    await flood.printed(`committed ${reported + wanted}`);
    flood.process.kill('SIGKILL');
    await flood.ended;
    reported = Math.max(...flood.lines.map((line) => Number(/^committed (\d+)$/.exec(line)?.[1] ?? 0)));
    const { claims, sessions } = store.read((tx) => ({ claims: listClaims(tx), sessions: listSessions(tx).sessions }));
    const ids = sessions.map(({ record }) => record.id).toSorted();
    expect(claims.map(({ session }) => session).toSorted()).toEqual(ids);
    // One more than it could report may have been committed.
    expect([reported, reported + 1]).toContain(ids.length);
    reported = ids.length;
  }
  expect(await store.write('next', (tx) => reserveNumber(tx, 'app', 0))).toBe(reported + 1);
});

/** `broken` when claim, session and counter do not belong together. */
function stateOf(store: Store): 'old' | 'new' | 'broken' {
  const found = store.read((tx) => ({
    claims: listClaims(tx).map(({ session }) => session),
    sessions: listSessions(tx).sessions.map(({ record }) => record.id),
    last: tx.get<{ last: number }>('SELECT last FROM counters')?.last ?? 0,
  }));
  const text = JSON.stringify(found);
  if (text === JSON.stringify({ claims: [], sessions: [], last: 0 })) return 'old';
  return text === JSON.stringify({ claims: ['app-1'], sessions: ['app-1'], last: 1 }) ? 'new' : 'broken';
}
