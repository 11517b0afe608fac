// What one process sets, and what a person writes by hand, is known to the windows of every other.
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SpawnInput } from '#shared/domain/spawn.ts';
import { ask, follow, HostHome } from './fixtures/host-home.ts';
import { spawnInput } from './fixtures/spawn-in.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let app: Host;
let command: Host;
const patience = { timeout: 30_000, interval: 20 };

beforeAll(async () => {
  app = await home.open(true);
  command = await home.open(false);
  await ask(app, 'project.addSandbox', {});
}, 30_000);
afterAll(() => home.close(), 30_000);

const input = (): SpawnInput => spawnInput({ prompt: 'mend the parser', command: 'read end' });

it('tells windows of settings that another process changed', async () => {
  const settings = follow(app, 'settings', () => 'settings');
  await ask(command, 'settings.set', { terminalFontSize: 17 });
  await expect.poll(() => settings.items()[0]?.terminalFontSize, patience).toBe(17);
});

it('tells windows of what a person wrote into config.yaml, whichever way their editor saves', async () => {
  const settings = follow(app, 'settings', () => 'settings');
  const projects = follow(app, 'projects', ({ id }) => id);
  const system = follow(app, 'system', () => 'system');
  const write = (change: (text: string) => string) => change(readFileSync(home.config, 'utf8'));
  writeFileSync(
    home.config,
    write((text) => text.replace('terminalFontSize: 17', 'terminalFontSize: 19')),
  );
  await expect.poll(() => settings.items()[0]?.terminalFontSize, patience).toBe(19);

  for (const size of [20, 21]) {
    const beside = `${home.config}.new`;
    writeFileSync(
      beside,
      write((text) => text.replace(/terminalFontSize: \d+/, `terminalFontSize: ${size}`)),
    );
    renameSync(beside, home.config);
    await expect.poll(() => settings.items()[0]?.terminalFontSize, patience).toBe(size);
  }
  const whole = readFileSync(home.config, 'utf8');
  writeFileSync(home.config, whole.replace(/terminalFontSize: \d+/, 'terminalFontSize: huge'));
  await expect.poll(() => system.items()[0]?.troubles.length, patience).toBe(1);
  writeFileSync(home.config, whole.replace('projects:', 'projects:\n  gone: { path: /nowhere }'));
  await expect.poll(() => projects.items().map(({ id }) => id), patience).toContain('gone');
  writeFileSync(home.config, whole);
  await expect.poll(() => projects.items().map(({ id }) => id), patience).not.toContain('gone');
  await expect.poll(() => [projects.items().length, system.items()[0]?.troubles], patience).toEqual([1, []]);
});

it('refuses spawns while they are paused, keeps the prompt, and makes the session after all', async () => {
  const spawns = follow(app, 'spawnProgress', ({ request }) => request);
  await ask(command, 'settings.set', { spawnsPaused: true });
  const wanted = input();
  const refused = await ask(app, 'session.spawn', wanted);
  expect(refused).toMatchObject({
    ok: false,
    problem: { code: 'spawns-paused', kept: expect.stringContaining('prompt') },
  });
  const kept = { request: wanted.request, state: 'failed', session: null, input: { prompt: 'mend the parser' } };
  await expect.poll(() => spawns.items(), patience).toMatchObject([kept]);
  // The command has a host of its own, and does not get past it either.
  expect(await ask(command, 'session.spawn', input())).toMatchObject({ problem: { code: 'spawns-paused' } });
  const doctor = await ask(command, 'system.doctor', {});
  expect(doctor.ok && doctor.value.find(({ name }) => name === 'spawns')?.state).toBe('warning');

  await ask(app, 'settings.set', { spawnsPaused: false });
  expect(await ask(app, 'session.spawn', { ...wanted, request: randomUUID() })).toMatchObject({ ok: true });
}, 30_000);

it('lets a spawn finish that had begun when they were paused', async () => {
  const wanted = input();
  const making = ask(app, 'session.spawn', wanted);
  const spawns = follow(app, 'spawnProgress', ({ request }) => request);
  const session = () => spawns.items().find(({ request }) => request === wanted.request)?.session ?? null;
  await expect.poll(session, patience).not.toBeNull();
  await ask(command, 'settings.set', { spawnsPaused: true });
  expect(await making).toMatchObject({ ok: true });
}, 30_000);
