import { afterEach, beforeEach, expect, it } from 'vitest';
import { ScratchHome, sampleRecord } from './fixtures/scratch-home.ts';
import { insertSession, listSessions } from './sessions.ts';
import type { Store, Transaction } from './store.ts';

let home: ScratchHome;
let store: Store;
beforeEach(async () => {
  home = new ScratchHome();
  store = await home.openFully();
});
afterEach(() => home.remove());

const count = (): number => store.read(listSessions).sessions.length;

it('commits all of a write, or nothing when its function throws', async () => {
  await store.write('two', (tx) => ['app-1', 'app-2'].forEach((id) => insertSession(tx, sampleRecord(id))));
  const failing = store.write('one', (tx) => {
    insertSession(tx, sampleRecord('app-3'));
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(count()).toBe(2);
});

it('refuses functions that wait, and keeps nothing of them', async () => {
  const waiting = store.write('waits', async (tx) => insertSession(tx, sampleRecord('app-1')));
  await expect(waiting).rejects.toThrow(/must not wait/);
  expect(() => store.read(async () => 1)).toThrow(/must not wait/);
  expect(count()).toBe(0);
});

it('refuses a transaction that was kept beyond its end', async () => {
  const kept = await store.write('keep', (tx) => ({ tx }));
  expect(() => kept.tx.run('DELETE FROM sessions')).toThrow(/has ended/);
});

it('refuses to be used inside of its own transactions', async () => {
  await expect(store.write('outer', () => store.read(() => 1))).rejects.toThrow(/inside one of its own/);
  let inner: Promise<unknown> = Promise.resolve();
  await store.write('outer', () => void (inner = store.write('inner', () => 1).catch(String)));
  expect(await inner).toMatch(/inside one of its own/);
  expect(() => store.read(() => store.read(() => 1))).toThrow(/inside one of its own/);
});

it('does not write in a read', async () => {
  expect(() => store.read((tx) => insertSession(tx as Transaction, sampleRecord('app-1')))).toThrow(/readonly/);
  await store.write('works after it', (tx) => insertSession(tx, sampleRecord('app-1')));
  expect(count()).toBe(1);
});

it('runs writes in the order of asking, and all of them before it closes', async () => {
  const order: number[] = [];
  const writes = [1, 2, 3].map((n) => store.write(`write ${n}`, () => void order.push(n)));
  await store.close();
  await Promise.all(writes);
  expect(order).toEqual([1, 2, 3]);
  await expect(store.write('late', () => 1)).rejects.toThrow(/closed/);
});

it('gives one time to the whole transaction', async () => {
  let time = 1000;
  const clocked = await home.openFully({ now: () => time++ });
  expect(await clocked.write('times', (tx) => [tx.now, tx.now])).toEqual([1000, 1000]);
});

it('keeps nothing of a write for which there is no space, and goes on when there is space again', async () => {
  await store.write('one', (tx) => insertSession(tx, sampleRecord('app-1')));
  const limit = (pages: number) => store.read((tx) => tx.get(`PRAGMA max_page_count = ${pages}`));
  limit(1); // SQLite takes the present size when that is larger.
  const big = (tx: Transaction) => insertSession(tx, sampleRecord('app-2', { prompt: 'x'.repeat(100_000) }));
  await expect(store.write('too big', big)).rejects.toThrow(/full/);
  expect(count()).toBe(1);
  limit(1_000_000);
  await store.write('fits', big);
  expect(count()).toBe(2);
});
