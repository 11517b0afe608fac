// What axe finds on the main screens, in both themes: nothing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { spawn } from './desktop.ts';
import { addAtGitHub, expect, test, troubledPull } from './fixtures/fake-gh-test.ts';
import { expectText, openDialog, sessionRow, terminalOf } from './screen.ts';

test.use({ viewport: { width: 1440, height: 900 } });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What programs print in their terminals is theirs. */
const printed = ['.xterm-screen'];

/** A row is read in words ("asks permission"), where the eye has a shape. */
const inWords = /^<(button|div)[^>]+(data-row=|data-node=|aria-label="Queue, )/;

interface Axe {
  run(context: unknown, options: RunOptions): Promise<AxeResults>;
}

/** `rule: selector (what is wrong)`, one for each element. */
async function found(page: Page, rules: RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate(
    async ([exclude, options]) =>
      await (globalThis as unknown as { axe: Axe }).axe.run({ exclude }, { ...options, resultTypes: ['violations'] }),
    [printed, rules] as const,
  );
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .flatMap(({ id, nodes }) =>
      nodes
        .filter(({ html }) => id !== 'label-content-name-mismatch' || !inWords.test(html))
        .map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')} (${failureSummary.split('\n')[1]})`),
    );
}

/** Looks at what is on the screen, in both themes, which differ in their colours alone. */
async function check(page: Page, screen: string): Promise<void> {
  await wear(page, 'dark');
  expect.soft(await found(page, {}), screen).toEqual([]);
  await wear(page, 'light');
  expect.soft(await found(page, { runOnly: ['color-contrast'] }), `${screen}, light`).toEqual([]);
}

async function wear(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  // Colours change within a moment, and in that moment they are neither theme's.
  await page.waitForFunction(() => !document.getAnimations().some((each) => each instanceof CSSTransition));
}

test('axe finds nothing wrong on any main screen, in either theme', async ({ world, host, gh }) => {
  const page = await host.open();
  await page.evaluate(axe);
  await expect(page.getByRole('button', { name: 'Try the sandbox project' })).toBeVisible();
  await check(page, 'welcome');

  await addAtGitHub(world);
  await spawn(world, 'crasher', world.fakeAgent('exits', '--code', '3'));
  await spawn(world, 'guessed', world.fakeAgent('asks', '--question', 'Do you want to go on?'));
  const spawned = await world.athene(
    'spawn',
    '-a',
    'demo',
    '--name',
    'permission',
    '--prompt',
    'Find the slow function',
  );
  expect(spawned.code, spawned.stderr).toBe(0);
  await page.getByRole('button', { name: /^Queue, / }).click();
  await expect(page.getByRole('group', { name: 'Answers' })).toHaveCount(2);
  await check(page, 'queue');

  await page.getByRole('button', { name: /^Notices, / }).click();
  await expect(page.getByRole('dialog', { name: 'Notices' }).getByRole('listitem')).not.toHaveCount(0);
  await check(page, 'notices');
  await page.keyboard.press('Escape');

  await sessionRow(page, 'permission').click();
  await expectText(terminalOf(page, 'permission'), 'Do you want to commit');
  await check(page, 'session');
  await page.getByRole('tab', { name: 'Conversation' }).click();
  await expect(page.getByRole('button', { name: 'Show its terminal' })).toBeVisible();
  await check(page, 'conversation');
  await page.getByRole('tab', { name: 'Agent' }).click();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Timeline' }).getByRole('listitem')).not.toHaveCount(0);
  await check(page, 'timeline');
  const id = /SESSION=(\S+)/.exec(spawned.stdout)?.[1] ?? '';
  gh.answer({
    pulls: { '7': troubledPull(world, id) },
    issues: { '7': { title: 'Sign in fails' } },
    logs: { '11': 'no\n'.repeat(50) },
  });
  await page.getByRole('tab', { name: 'PR' }).click();
  const work = page.getByRole('tabpanel', { name: 'PR' });
  await expect(work.getByRole('region', { name: '1 open thread' })).toBeVisible();
  await work.getByText('Last lines').click();
  await work.getByRole('button', { name: /^Reply in/ }).click();
  await check(page, 'pull request');
  await page.getByRole('tab', { name: 'Summary' }).click();
  await page.keyboard.press('Control+Shift+R');
  await check(page, 'quick reply');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Start orchestrator of repo' }).click();
  const starting = page.getByRole('dialog', { name: 'Start orchestrator' });
  await starting.getByLabel('Agent', { exact: true }).selectOption({ label: 'Custom command' });
  await starting.getByLabel('Command', { exact: true }).fill('sleep 600');
  await check(page, 'start orchestrator');
  await starting.getByRole('button', { name: 'Agree and start' }).click();
  await expect(page.getByRole('treeitem')).not.toHaveCount(0);
  await check(page, 'coordinator');
  for (const tab of ['Ledger', 'Limits']) {
    await page.getByRole('tab', { name: tab }).click();
    await check(page, tab);
  }
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await check(page, 'stop coordinator');
  await page.keyboard.press('Escape');

  await openDialog(page);
  await expect(page.getByRole('dialog', { name: 'New session' })).toBeVisible();
  await check(page, 'spawn');
  await page.getByRole('combobox', { name: 'Issue' }).click();
  await expect(page.getByRole('option', { name: /Sign in fails/ })).toBeVisible();
  await check(page, 'issues');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Worktrees of repo').click();
  await check(page, 'settings');
});
