// After everything died: what the first screen tells of it, and what a person can do from there.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readIfThere } from './read-if-there.ts';
import { sessionRow } from './screen.ts';
import { expect, test } from './test.ts';
import { run, type World } from './world.ts';

// Many steps in one world: the machine may be busy with others.
test.slow();

const command = 'exec sleep 600';

async function spawn(world: World, name: string, fault = ''): Promise<void> {
  const env = { ...world.env, ...(fault === '' ? {} : { ATHENE_FAULT: fault }) };
  const words = ['spawn', '-a', 'custom', '--name', name, '--command', command];
  await run(world.command, words, { cwd: world.repository, env });
}

/** The terminals' process, by SIGKILL: their programs get a hang-up and go. */
async function killTerminals(world: World): Promise<void> {
  const hosts = world.processes().filter((pid) => readIfThere(`/proc/${pid}/cmdline`).includes('pty-host'));
  expect(hosts).not.toEqual([]);
  for (const pid of hosts) process.kill(pid, 'SIGKILL');
  await expect.poll(() => world.processes()).toEqual([]);
}

const card = (page: Page) => page.getByRole('region', { name: 'Recovery' });

test.skip(process.platform !== 'linux', 'finds processes in /proc');

test('the recovery card names what ended and what was taken back, leads there, and is put away; many at once are a question', async ({
  world,
  host,
}) => {
  const points = join(world.home, '..', 'points');
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  await spawn(world, 'first', `count:0:${points}`);
  await spawn(world, 'second');
  let page = await host.open();
  await expect(sessionRow(page, 'second')).toBeVisible();

  await test.step('both agents ended, and one spawn was under way', async () => {
    await host.kill9();
    const halfway = /^(\d+) db spawn: write-files$/m.exec(readIfThere(points))?.[1] ?? '';
    await spawn(world, 'half', `kill:${halfway}`);
    await killTerminals(world);
    await host.start();
    page = await host.again(page);
    await expect(card(page)).toContainText('Has ended; can be restored: first second');
    await expect(card(page)).toContainText('Was half made, and taken back: half');
    await card(page).getByRole('button', { name: 'half' }).click();
    await expect(page.getByRole('button', { name: 'Edit and retry' })).toBeVisible();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await card(page).getByRole('button', { name: 'first' }).click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await card(page).getByRole('button', { name: 'Put away' }).click();
    await expect(card(page)).toBeHidden();
  });

  await test.step('so many that a person is asked', async () => {
    await world.athene('session', 'restore', 'repo-2');
    await spawn(world, 'fourth');
    await host.kill9();
    await killTerminals(world);
    await host.start();
    page = await host.again(page);
    await expect(card(page)).toContainText('Seem to have ended, all at once: first second fourth');
    await expect(sessionRow(page, 'fourth')).toHaveAccessibleName(/lost/);
    await card(page).getByRole('button', { name: 'They have ended' }).click();
    await expect(card(page)).toBeHidden();
    await expect(sessionRow(page, 'fourth')).toHaveAccessibleName(/crashed/);
  });
});
