import { afterEach, beforeEach, expect, it } from 'vitest';
import { initialLifecycle, withKilled, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { sampleRecord, ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { insertSession, listPorts, sessionsAt } from '../storage/sessions.ts';
import type { Store } from '../storage/store.ts';
import { givePorts, portsAgain } from './ports.ts';

let home: ScratchHome;
let store: Store;

beforeEach(async () => {
  home = new ScratchHome();
  store = await home.openFully();
});
afterEach(() => home.remove());

const lifecycle = withRuntimeStarted(initialLifecycle(1), 2);
const ended = withKilled(lifecycle, 3);
const add = (id: string, base: number | null, change: Partial<SessionRecord> = {}) =>
  store.write('add', (tx) =>
    insertSession(tx, sampleRecord(id, { lifecycle, ports: base === null ? null : { base, count: 10 }, ...change })),
  );
const give = (base: number, inUse: readonly { base: number; count: number }[] = []) =>
  store.read((tx) => givePorts(tx, { base, count: 10 }, inUse));

it('gives what no session on record has, and nobody else listens at', async () => {
  await add('a-1', 21_000);
  await add('a-2', 21_020, { lifecycle: ended });
  expect(give(21_000)).toEqual({ base: 21_010, count: 10 });
  expect(give(21_000, [{ base: 21_010, count: 10 }])).toEqual({ base: 21_030, count: 10 });
  expect(store.read(listPorts).map(({ session }) => session)).toEqual(['a-1', 'a-2']);
});

it('gives those of an ended session when there are no others, and none when all of them live', async () => {
  await add('a-1', 65_510);
  await add('a-2', 65_520, { lifecycle: ended });
  expect(give(65_510)).toEqual({ base: 65_520, count: 10 });
  expect(give(65_510, [{ base: 65_520, count: 10 }])).toBeNull();
});

it('gives a restored session its own again, unless one that lives has got them', async () => {
  await add('a-1', 21_000, { lifecycle: ended });
  const again = (base: number | null) =>
    store.read((tx) =>
      portsAgain(
        tx,
        { id: 'a-1', ports: base === null ? null : { base, count: 10 } },
        { first: { base: 21_000, count: 10 }, inUse: [] },
      ),
    );
  expect([again(21_000)?.base, again(null)?.base]).toEqual([21_000, 21_010]);
  await add('a-2', 21_000);
  expect(again(21_000)?.base).toBe(21_010);
});

it('finds the sessions of a place', async () => {
  const workspace = { path: '/w', branch: null, baseCommit: '', branchCreated: false, kind: 'adopted' } as const;
  await add('a-1', null, { workspace });
  await add('a-2', null, { place: { kind: 'in-place', path: '/r' } });
  expect([store.read((tx) => sessionsAt(tx, '/w')), store.read((tx) => sessionsAt(tx, '/r'))]).toEqual([
    ['a-1'],
    ['a-2'],
  ]);
});
