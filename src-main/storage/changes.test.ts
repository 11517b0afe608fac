import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ChangeWatch } from './change-watch.ts';
import { changesSince, lastChange, pruneChanges, recordChange } from './changes.ts';
import { ringDoorbell } from './doorbell.ts';
import { claimOnce, ScratchHome, sampleRecord } from './fixtures/scratch-home.ts';
import { insertSession } from './sessions.ts';
import type { Store } from './store.ts';

let home: ScratchHome;
beforeEach(() => {
  home = new ScratchHome();
});
afterEach(() => home.remove());

/** Resolves when the store reports a change. */
const nextChange = (store: Store) =>
  new Promise<void>((resolve) => {
    const stop = store.onChange(() => {
      stop();
      resolve();
    });
  });

it('reports each changed thing once, with its latest number, for the kinds that are asked for', async () => {
  const store = await home.openFully();
  await store.write('several', (tx) => {
    for (const key of ['a', 'b', 'a']) recordChange(tx, 'session', key);
    recordChange(tx, 'terminal', 'a');
  });
  expect(store.read((tx) => changesSince(tx, 0, ['session']))).toEqual([
    { seq: 2, kind: 'session', key: 'b' },
    { seq: 3, kind: 'session', key: 'a' },
  ]);
  expect(store.read((tx) => changesSince(tx, 3, ['session', 'terminal']))).toEqual([
    { seq: 4, kind: 'terminal', key: 'a' },
  ]);
});

it('says gap for numbers that were pruned or never given, and never gives a number again', async () => {
  let now = 0;
  const store = await home.openFully({ now: () => now });
  await store.write('old', (tx) => ['a', 'b'].forEach((key) => recordChange(tx, 'session', key)));
  now += 8 * 24 * 3_600_000;
  await store.write('prune', pruneChanges);
  const at = (seq: number) => store.read((tx) => changesSince(tx, seq, ['session']));
  expect([at(1), at(2), at(3), store.read(lastChange)]).toEqual(['gap', [], 'gap', 2]);
  await store.write('new', (tx) => recordChange(tx, 'session', 'c'));
  expect(at(2)).toEqual([{ seq: 3, kind: 'session', key: 'c' }]);
});

it('does not move when nothing was changed', async () => {
  const store = await home.openFully();
  await store.write('nothing', () => null);
  expect(store.read(lastChange)).toBe(0);
});

it('tells of its own changes and of those of another process', async () => {
  const store = await home.openFully();
  const own = nextChange(store);
  await store.write('insert', (tx) => insertSession(tx, sampleRecord('app-1')));
  await own;
  const seen = store.read(lastChange);
  const other = nextChange(store);
  const contender = home.contend('claim', [1]);
  await other;
  expect(await contender.ended).toBe(0);
  const changes = store.read((tx) => changesSince(tx, seen, ['session', 'claim']));
  expect(changes).not.toBe('gap');
});

it(
  'follows another process across its own restarts, with no gap and nothing left out',
  { timeout: 120_000 },
  async () => {
    const contender = home.contend('claim', [150]);
    const seen = new Set<string>();
    let [seq, opens, over] = [0, 0, false];
    void contender.ended.then(() => (over = true));
    do {
      const last = over;
      const store = await home.openFully();
      opens += 1;
      const changes = store.read((tx) => changesSince(tx, seq, ['session']));
      if (changes === 'gap') throw new Error(`A gap after ${seq}`);
      for (const change of changes) {
        expect(change.seq).toBeGreaterThan(seq);
        seq = change.seq;
        seen.add(change.key);
      }
      await store.close();
      if (last) break;
      await new Promise((resolve) => setImmediate(resolve));
    } while (opens < 100_000);
    expect(seen.size).toBe(150);
  },
);

it('hears the bell by itself, without the safety check', async () => {
  let seq = 1;
  const watch = new ChangeWatch({ doorbell: home.doorbell, lastChange: () => seq, dataVersion: () => 1 });
  const heard = new Promise<void>((resolve) => watch.onChange(resolve));
  seq = 2;
  ringDoorbell(home.doorbell);
  await expect(heard).resolves.toBeUndefined();
  watch.close();
});

it('finds changes by the safety check when the bell cannot ring', async () => {
  rmSync(`${home.path}/run`, { recursive: true });
  const [one, other] = [await home.openFully(), await home.openFully()];
  const heard = nextChange(one);
  await other.write('claim', (tx) => claimOnce(tx, '1'));
  await expect(heard).resolves.toBeUndefined();
});

it('hears the bell again after somebody deleted it', async () => {
  let seq = 1;
  const watch = new ChangeWatch({ doorbell: home.doorbell, lastChange: () => seq, dataVersion: () => 1 });
  let heard = 0;
  watch.onChange(() => (heard += 1));
  rmSync(home.doorbell);
  await expect
    .poll(
      () => {
        seq += 1;
        ringDoorbell(home.doorbell);
        return heard;
      },
      { timeout: 30_000, interval: 50 },
    )
    .toBeGreaterThan(1);
  watch.close();
});
