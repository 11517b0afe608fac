// Who keeps a worktree from being removed: another session in it, and a terminal of its own that is still open.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { initialLifecycle, withKilled, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { changeSession, findSession } from '#main/sessions/session-record.ts';
import { sampleRecord } from '#main/storage/fixtures/scratch-home.ts';
import { deleteSession, insertSession } from '#main/storage/sessions.ts';
import { hostOf, startAgent } from './fixtures/host-of.ts';
import { createWorld, type World } from './world.ts';

const patience = 60_000;

let world: World;
let host: Host;

beforeAll(async () => {
  world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  host = await hostOf(world);
}, patience);
afterAll(async () => {
  await host.close();
  await world.close();
}, patience);

it(
  'nothing but its own end frees a worktree',
  async () => {
    const { id, worktree } = await startAgent(host, 'cd / && exec sleep 600');
    const remove = () => ask(host, 'session.remove', { id });
    const refused = (why: string) => ({
      ok: false,
      problem: { code: 'workspace-dirty', what: expect.stringContaining(why) as unknown },
    });

    // On record it has ended; its program runs on, elsewhere.
    await changeSession(host.sessions, 'ended', id, (record, now) => ({
      ...record,
      lifecycle: withKilled(record.lifecycle, now),
    }));
    expect(await remove()).toMatchObject(refused("its agent's terminal is open"));

    await host.watch.refresh();
    const own = findSession(host.sessions, id);
    if (!own.ok || own.value.terminal === null) throw new Error('It is gone');
    expect((await host.sessions.runtime.kill(own.value.terminal)).ok).toBe(true);
    const { workspace } = own.value;
    const guest = { project: 'demo', workspace, lifecycle: withRuntimeStarted(initialLifecycle(1), 1) };
    await host.sessions.store.write('guest', (tx) => insertSession(tx, sampleRecord('guest-1', guest)));
    expect(await remove()).toMatchObject(refused('guest-1 works in it'));
    expect(existsSync(worktree)).toBe(true);

    await host.sessions.store.write('guest', (tx) => void deleteSession(tx, 'guest-1'));
    expect(await remove()).toMatchObject({ ok: true });
  },
  patience,
);
