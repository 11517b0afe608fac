// Two hosts on one home, an agent that asks in a real terminal, and a server that is told of it.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hookServer, taken } from '../lib/fixtures/hook-server.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnIn } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const secret = 'c4n4ry-of-the-hook';
const home = new HostHome();
const patience = { timeout: 30_000, interval: 50 };
let server: Awaited<ReturnType<typeof hookServer>>;
let hosts: readonly [Host, Host];
let notices: ReturnType<typeof follow<'notices'>>;
let id: string;

beforeAll(async () => {
  server = await hookServer((response, { path }) => {
    if (path.startsWith('/bad')) response.writeHead(404).end(`no ${path}`);
    else taken(response);
  });
  // As the person's login shell has it.
  writeFileSync(join(home.path, '..', '.profile'), `export HOOK_URL='${server.url(`/hook/${secret}`).href}'\n`);
  writeFileSync(join(home.path, '..', '.bash_profile'), '. ~/.profile\n');
  writeFileSync(
    home.config,
    [
      'projects: {}',
      'notifiers:',
      '  hook: { plugin: webhook, url: "${HOOK_URL}" }',
      `  bad: { plugin: slack, url: "${server.url(`/bad/${secret}`).href}" }`,
      'notificationRouting: { urgent: [hook, bad] }',
      '',
    ].join('\n'),
  );
  hosts = [await home.open(true), await home.open(true)];
  await ask(hosts[0], 'project.addSandbox', {});
  notices = follow(hosts[1], 'notices', (notice) => notice.id);
  const command = 'stty -echo; read -r line; printf "Overwrite it? [y/N] "; read -r line; sleep 600';
  id = await spawnIn(hosts[0], { name: 'mend it', command });
}, 60_000);
afterAll(async () => {
  await home.close();
  await server.close();
}, 30_000);

const type = (text: string) => {
  const terminal = hosts[0].listSessions().find((session) => session.id === id)?.terminal ?? '';
  return hosts[0].sessions.runtime.input(terminal, Buffer.from(text, 'utf8'));
};
const hooked = () => server.posts.filter(({ path }) => path.startsWith('/hook')).map(({ body }) => body);

it('an agent that asks is told of once, whoever supervises, and the row says how it was answered', async () => {
  await expect.poll(() => hosts[0].listSessions()[0]?.state, patience).toBe('working');
  await type('go\r');
  await expect
    .poll(() => notices.items()[0]?.deliveries, patience)
    .toEqual([
      expect.objectContaining({ notifier: 'bad', state: 'failed', attempts: 1 }),
      expect.objectContaining({ notifier: 'hook', state: 'sent', attempts: 1, detail: null }),
    ]);
  expect(hooked()).toEqual([
    expect.objectContaining({
      ...{ id: notices.items()[0]?.id, title: 'mend it asks you', priority: 'urgent', kind: 'waiting' },
      sessions: [expect.objectContaining({ id, link: `athene://session/${id}` })],
    }),
  ]);
  await type('y\r');
  await expect.poll(() => notices.items()[0]?.resolved?.why, patience).toBe('It was answered in its terminal.');
  expect([notices.items().length, hooked().length]).toEqual([1, 1]);
}, 90_000);

it('is read, cleared and brought back in every window', async () => {
  const ids = notices.items().map((notice) => notice.id);
  await ask(hosts[0], 'notice.read', { ids, on: true });
  await expect.poll(() => notices.items()[0]?.read, patience).toBe(true);
  await ask(hosts[0], 'notice.clear', { ids, on: true });
  await expect.poll(() => notices.items(), patience).toEqual([]);
  await ask(hosts[0], 'notice.clear', { ids, on: false });
  await expect.poll(() => notices.items()[0]?.id, patience).toBe(ids[0]);
});

it('a session is muted for all windows', async () => {
  const sessions = follow(hosts[1], 'sessions', (session) => session.id);
  await ask(hosts[0], 'session.mute', { id, mute: { until: null } });
  await expect.poll(() => sessions.items()[0]?.muted, patience).toEqual({ until: null });
  await ask(hosts[0], 'session.mute', { id, mute: null });
  await expect.poll(() => sessions.items()[0]?.muted, patience).toBe(null);
});

it('a notifier is tried out, and says what is wrong with it', async () => {
  const before = hooked().length;
  expect(await ask(hosts[0], 'notifier.test', { name: 'hook' })).toEqual({ ok: true, value: { told: true } });
  expect(hooked().length).toBe(before + 1);
  expect(await ask(hosts[0], 'notifier.test', { name: 'bad' })).toMatchObject({
    problem: { code: 'notifier-failed', what: `127.0.0.1:${server.port} answered 404: no ***` },
  });
  expect(await ask(hosts[0], 'notifier.test', { name: 'desktop' })).toEqual({ ok: true, value: { told: false } });
  expect(await ask(hosts[0], 'notifier.test', { name: 'nobody' })).toMatchObject({
    problem: { code: 'notifier-unknown' },
  });
});

it('a new route stands in config.yaml and is known to windows of others', async () => {
  const routes = follow(hosts[1], 'notifiers', () => 'notifiers');
  expect((await ask(hosts[0], 'notifier.route', { priority: 'info', notifiers: ['desktop', 'hook'] })).ok).toBe(true);
  await expect.poll(() => routes.items()[0]?.routing.info, patience).toEqual(['desktop', 'hook']);
  expect(readFileSync(home.config, 'utf8')).toContain('urgent: [');
  expect(await ask(hosts[0], 'notifier.route', { priority: 'info', notifiers: ['nobody'] })).toMatchObject({
    problem: { code: 'notifier-unknown' },
  });
});

it('the secret of an address stands nowhere but in config.yaml, and is shown to nobody', async () => {
  const listed = await ask(hosts[0], 'notifier.list', {});
  expect(JSON.stringify([listed, notices.items()])).not.toContain(secret);
  const holding = filesBelow(home.path).filter((file) => readFileSync(file).includes(secret));
  expect(holding).toEqual([home.config]);
});

it('what tells of a session alone goes with it', async () => {
  await ask(hosts[0], 'session.kill', { id });
  expect((await ask(hosts[0], 'session.remove', { id })).ok).toBe(true);
  await expect.poll(() => notices.items(), patience).toEqual([]);
});

const filesBelow = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
