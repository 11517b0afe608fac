// Agents that lead others, as a person starts, watches and stops them; the agents take orders, and carry them out with the real command.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { addRepository } from './desktop.ts';
import { expectText, sessionRow, terminalOf } from './screen.ts';
import { expect, test } from './test.ts';
import type { CommandResult, World } from './world.ts';

test.use({ viewport: { width: 1440, height: 900 } });
// Many processes in one world: the machine may be busy with others.
test.slow();

const ordersOf = (world: World, name: string): string => join(dirname(world.repository), 'orders', name);

/** Chooses in the open dialog an agent that takes orders, and presses the button. */
async function startLead(page: Page, world: World, name: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Agent', { exact: true }).selectOption({ label: 'Custom command' });
  await dialog
    .getByLabel('Command', { exact: true })
    .fill(world.fakeAgent('orders', '--folder', ordersOf(world, name)));
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Lets the agent run the command; resolves with what came of it. */
async function order(world: World, name: string, ...args: readonly string[]): Promise<CommandResult> {
  const path = join(ordersOf(world, name), `order-${crypto.randomUUID()}`);
  writeFileSync(`${path}.part`, JSON.stringify({ argv: [world.command, ...args], set: {}, unset: [] }));
  renameSync(`${path}.part`, `${path}.json`);
  await expect.poll(() => existsSync(`${path}.done`), { timeout: 60_000 }).toBe(true);
  return JSON.parse(readFileSync(`${path}.done`, 'utf8')) as CommandResult;
}

const spawnBy = (world: World, lead: string, name: string): Promise<CommandResult> =>
  order(world, lead, 'spawn', '-p', 'repo', '-a', 'custom', '--name', name, '--command', 'sleep 600');

const tree = (page: Page) => page.getByRole('tree').getByRole('treeitem');

test('an orchestrator is started with consent, its workers are seen below it, it is paused, and stopped with them', async ({
  world,
  host,
}) => {
  await addRepository(world);
  const page = await host.open();
  await page.getByRole('button', { name: 'Start orchestrator of repo' }).click();
  await expect(page.getByRole('dialog').getByRole('region', { name: 'Consent' })).toContainText('without asking you');
  await startLead(page, world, 'lead', 'Agree and start');
  await expect(page.getByRole('heading', { name: 'repo orchestrator' })).toBeVisible();
  await expectText(terminalOf(page, 'repo orchestrator'), 'ready for orders');
  await expect(page.getByText('Acts without asking')).toBeVisible();
  await expect(page.getByText('Nobody works for it yet.')).toBeVisible();

  for (const name of ['first', 'second']) {
    expect(await spawnBy(world, 'lead', name)).toMatchObject({ code: 0 });
  }
  await expect(tree(page)).toHaveCount(3);
  await expect(tree(page).nth(0)).toHaveAccessibleName(/^repo orchestrator, .*0 of 2 done/);
  await expect(tree(page).nth(1)).toHaveAccessibleName(/^first, /);
  await expect(page.getByText('2 of 10 workers')).toBeVisible();
  // One that leads is no worker.
  await expect(page.getByRole('button', { name: /^Project repo, 2 sessions/ })).toBeVisible();

  await tree(page).nth(0).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(tree(page)).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(tree(page).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'first' })).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByLabel('Show in the tree').selectOption({ label: 'Broken' });
  await expect(page.getByText('None of them is in such a state now.')).toBeVisible();
  await page.getByLabel('Show in the tree').selectOption({ label: 'All states' });

  await page.getByRole('button', { name: 'Pause spawning' }).click();
  await expect(page.getByRole('button', { name: 'Resume spawning' })).toBeVisible();
  const third = await spawnBy(world, 'lead', 'third');
  expect(third.code).not.toBe(0);
  expect(third.stderr).toContain('The person has paused the spawning of');
  const sent = await order(world, 'lead', 'send', 'repo-1', 'go on with the second half', '--no-wait');
  expect(sent.code).toBe(0);
  await page.getByRole('tab', { name: 'Ledger' }).click();
  const ledger = page.getByRole('tabpanel', { name: 'Ledger' }).getByRole('listitem');
  await expect(ledger.filter({ hasText: 'refused, nothing was created' })).toContainText('has paused the spawning');
  await expect(ledger.filter({ hasText: 'Pause its spawning' })).toContainText('you → repo orchestrator');
  await expect(ledger.filter({ hasText: 'go on with the second half' })).toContainText('repo orchestrator → first');

  await page.getByRole('button', { name: 'More for repo orchestrator' }).click();
  await page.getByRole('menuitem', { name: 'Start a new agent in its place…' }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Start anew', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Consent' })).toBeHidden();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Stop repo orchestrator?' });
  await expect(question.getByRole('list', { name: 'Its workers' }).getByRole('listitem')).toHaveText([
    ...[/^first/, /^second/],
  ]);
  await question.getByRole('button', { name: 'Stop it and its 2 workers' }).click();
  await expect(page.getByText('Stopped 3 sessions')).toBeVisible();
  for (const name of ['repo orchestrator', 'first', 'second']) {
    await expect(sessionRow(page, name)).toHaveAccessibleName(/stopped/);
  }
  await expect(page.getByRole('button', { name: 'Restore' })).toBeVisible();
});

test('a meta orchestrator is named, given projects and started; its worker is seen in its tree and in its project', async ({
  world,
  host,
}) => {
  await addRepository(world);
  const page = await host.open();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'New meta orchestrator…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('not a name');
  await dialog.getByRole('radio', { name: 'Chosen projects' }).click();
  await dialog.getByRole('button', { name: 'Agree and start' }).click();
  await expect(dialog.getByText('Letters, digits, - and _ only.')).toBeVisible();
  await dialog.getByLabel('Name', { exact: true }).fill('chief');
  await dialog.getByRole('button', { name: 'Agree and start' }).click();
  await expect(dialog.getByText('Choose at least one.')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'repo' }).check();
  await startLead(page, world, 'chief', 'Agree and start');
  await expectText(terminalOf(page, 'chief'), 'ready for orders');
  await expect(page.getByText('covers repo')).toBeVisible();

  const command = world.fakeAgent('asks', '--question', 'Do you want to go on?');
  const spawned = await order(
    ...([world, 'chief', 'spawn', '-p', 'repo', '-a', 'custom', '--name', 'asker', '--command', command] as const),
  );
  expect([spawned.code, spawned.stderr]).toEqual([0, '']);
  await expect(tree(page)).toHaveCount(2);
  await expect(tree(page).nth(1)).toHaveAccessibleName(/^asker, asks permission, Do you want to go on\?/);
  await expect(sessionRow(page, 'chief')).toHaveAccessibleName(/meta orchestrator, .*0 of 1 done/);
  await expect(page.getByRole('region', { name: 'Ledger' }).getByRole('listitem')).toContainText([
    /Do you want to go on\?.*asker → chief.* → you ?· open/,
  ]);

  await sessionRow(page, 'asker').click();
  await expect(page.getByRole('button', { name: 'led by chief' })).toBeVisible();
});
