import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { Scope } from '#shared/lib/scope.ts';
import { openHost } from '../host/open-host.ts';
import { watchFleet } from './fleet.ts';

let scope = new Scope();
afterEach(async () => {
  await scope.close();
  scope = new Scope();
});

async function setUp() {
  const home = mkdtempSync(join(tmpdir(), 'athene-fleet-'));
  scope.add(() => rmSync(home, { recursive: true, force: true }));
  const host = await openHost({ env: { ...process.env, ATHENE_HOME: home }, live: false });
  if (!host.ok) throw new Error(host.problem.what);
  scope.add(() => host.value.close());
  const errors: unknown[] = [];
  const fleet = watchFleet(host.value, (_level, event, facts) => void errors.push([event, facts]));
  scope.add(() => fleet.close());
  return { fleet, errors };
}

it('knows what every other client of the host knows, and hears of changes', async () => {
  const { fleet, errors } = await setUp();
  expect(fleet.sessions).toBeNull();
  await fleet.told;
  expect([fleet.sessions, fleet.spawns, fleet.settings.theme, fleet.settings.quitting]).toEqual([
    [],
    [],
    'system',
    'ask',
  ]);
  const changes = vi.fn<() => void>();
  const stop = fleet.onChange(changes);
  expect((await fleet.client.call('settings.set', { quitting: 'keep' })).ok).toBe(true);
  await expect.poll(() => fleet.settings.quitting).toBe('keep');
  expect(changes).toHaveBeenCalled();
  stop();
  expect(errors).toEqual([]);
});

it('goes on when one of its listeners throws', async () => {
  const { fleet, errors } = await setUp();
  await fleet.told;
  fleet.onChange(() => {
    throw new Error('bad listener');
  });
  await fleet.client.call('settings.set', { spawnsPaused: true });
  await expect.poll(() => fleet.settings.spawnsPaused).toBe(true);
  await fleet.client.call('settings.set', { spawnsPaused: false });
  await expect.poll(() => fleet.settings.spawnsPaused).toBe(false);
  expect(errors.length).toBeGreaterThan(0);
});
