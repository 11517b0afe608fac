// Pins and archives as windows and commands see them.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listMarks } from '../storage/marks.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let app: Host;
let sessions: ReturnType<typeof follow<'sessions'>>;
let id: string;
const patience = { timeout: 20_000, interval: 50 };

beforeAll(async () => {
  app = await home.open(true);
  await ask(app, 'project.addSandbox', {});
  sessions = follow(app, 'sessions', (session) => session.id);
  id = await spawnIn(app, { command: 'echo ready; read -r line; printf "Overwrite it? [y/N] "; sleep 600' });
}, 60_000);
afterAll(() => home.close(), 30_000);

const seen = () => {
  const { pinned, archived } = sessions.items().find((session) => session.id === id) ?? {};
  return { pinned, archived };
};

it('are told to every window, also when another process sets them', async () => {
  await ask(app, 'session.pin', { id, on: true });
  await expect.poll(seen, patience).toEqual({ pinned: true, archived: false });
  const command = await home.open(false);
  await ask(command, 'session.archive', { id, on: true });
  await expect.poll(seen, patience).toEqual({ pinned: true, archived: true });
  await ask(command, 'session.pin', { id, on: false });
  await expect.poll(seen, patience).toEqual({ pinned: false, archived: true });
});

it('an archived session comes back into sight while it asks', async () => {
  const sent = await ask(app, 'session.send', {
    ...{ id, message: randomUUID(), text: 'go on', restore: true, anyway: false, timeout: 30 },
  });
  expect(sent.ok).toBe(true);
  await expect.poll(seen, patience).toEqual({ pinned: false, archived: false });
});

const queued = () => {
  const { snooze, unread } = sessions.items().find((session) => session.id === id) ?? {};
  return { until: snooze?.until ?? null, unread };
};

it('a session is put off and read by any process, and what it asks afterwards is in the queue again', async () => {
  const command = await home.open(false);
  await ask(command, 'session.snooze', { id, until: 'change' });
  await ask(command, 'session.read', { id, on: true });
  await expect.poll(queued, patience).toEqual({ until: 'change', unread: false });
  await ask(app, 'session.snooze', { id, until: null });
  await ask(app, 'session.read', { id, on: false });
  await expect.poll(queued, patience).toEqual({ until: null, unread: true });
  await ask(app, 'session.snooze', { id, until: Date.now() + 3_600_000 });
  await expect.poll(() => queued().until, patience).toBeGreaterThan(Date.now());
  await ask(app, 'session.kill', { id });
  await expect.poll(queued, patience).toEqual({ until: null, unread: true });
});

it('an archived session is in sight again when it is restored', async () => {
  await ask(app, 'session.kill', { id });
  await ask(app, 'session.archive', { id, on: true });
  await expect.poll(seen, patience).toMatchObject({ archived: true });
  expect((await ask(app, 'session.restore', { id })).ok).toBe(true);
  await expect.poll(seen, patience).toMatchObject({ archived: false });
});

it('go with their session, and are of a session that there is', async () => {
  await ask(app, 'session.pin', { id, on: true });
  await ask(app, 'session.kill', { id });
  expect((await ask(app, 'session.remove', { id })).ok).toBe(true);
  expect(app.sessions.store.read((tx) => listMarks(tx))).toEqual([]);
  expect(await ask(app, 'session.archive', { id, on: true })).toMatchObject({ problem: { code: 'session-unknown' } });
});
