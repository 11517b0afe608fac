// What only one process may do with a session, on a real database.
import { afterAll, expect, it } from 'vitest';
import { ownIdentity } from '../lib/process-identity.ts';
import { ScratchHome } from '../storage/fixtures/scratch-home.ts';
import { getRequest, takeOverRequest } from '../storage/requests.ts';
import { whileAlone } from './sole-work.ts';

const home = new ScratchHome();
const store = await home.openFully();
afterAll(() => home.remove());

const identity = ownIdentity();
const told: string[] = [];
const log = (event: string): void => void told.push(event);
const dependencies = { store, identity, atWork: new Set<string>(), log };
const wanted = { kind: 'remove', session: 'app-1' } as const;
const row = () => store.read((tx) => getRequest(tx, 'remove:app-1'));

it('is nobody’s any more when it is done, also where it failed', async () => {
  expect(await whileAlone(dependencies, wanted, async () => row()?.owner)).toEqual(identity);
  expect(row()).toBeNull();
  await expect(whileAlone(dependencies, wanted, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
  expect([row(), dependencies.atWork.size]).toEqual([null, 0]);
});

it('is done where only the end of it could not be written down, and hinders nobody then', async () => {
  const failing = { ...store, read: store.read.bind(store), onChange: store.onChange.bind(store) };
  const write: typeof store.write = (name, fn) =>
    name.endsWith('done') ? Promise.reject(new Error('EIO')) : store.write(name, fn);
  const deaf = { ...dependencies, store: Object.assign(failing, { write, close: () => store.close() }) };
  expect(await whileAlone(deaf, wanted, async () => 'removed')).toBe('removed');
  expect([row()?.owner, told]).toEqual([identity, ['session.let-go.failed']]);
  expect(await whileAlone(dependencies, wanted, async () => 'again')).toBe('again');
});

it('leaves the row to whoever has taken it over meanwhile', async () => {
  const other = { ...identity, pid: 1, startTime: 'later' };
  await whileAlone(dependencies, wanted, async () => {
    const ours = row();
    if (ours !== null) await store.write('test', (tx) => takeOverRequest(tx, ours, other));
  });
  expect(row()?.owner).toEqual(other);
});
