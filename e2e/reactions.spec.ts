// What happens by itself, on the screen: the rules with where they are set, what an agent is about to be told, and what was done about it.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addAtGitHub, expect, test as base } from './fixtures/fake-gh-test.ts';
import { expectText, sessionRow, terminalOf } from './screen.ts';
import type { World } from './world.ts';

const test = base.extend<{ listener: string }>({
  // There before the host asks the login shell for its PATH.
  listener: [
    async ({ gh }, use) => {
      const program = join(gh.directory, 'claude');
      copyFileSync(join(import.meta.dirname, 'fake-agents', 'claude-listens.sh'), program);
      chmodSync(program, 0o755);
      await use(program);
    },
    { auto: true },
  ],
});
test.use({ viewport: { width: 1440, height: 1000 } });
test.slow();

const configOf = (world: World): string => join(world.home, 'config.yaml');
/** Whole at once, as editors do that care: a host may read it at any moment. */
function edit(world: World, change: (text: string) => string): void {
  const file = configOf(world);
  writeFileSync(`${file}.new`, change(readFileSync(file, 'utf8')), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** For people who want to see it: in both themes. */
async function showBoth(page: Page, name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.screenshot({ path: join(test.info().outputDir, `${name}-${theme}.png`), animations: 'disabled' });
  }
}

test('rules are shown with where they are set, changed, and what can’t be read is told', async ({ world, host }) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  edit(world, (text) => `${text}\nreactions:\n  ci-failed: { retries: 4, message: CI is red. }\n`);
  const page = await host.open();
  await page.getByRole('button', { name: 'Settings' }).click();
  const rules = page.getByRole('region', { name: 'Reactions', exact: true });
  const rule = (key: string) => rules.getByRole('group', { name: key });

  await expect(rules.getByRole('group')).toHaveCount(14);
  await expect(rule('ci-failed')).toContainText('Its agent is told, again up to 4 times; then you.');
  await expect(rule('ci-failed')).toContainText('“CI is red.”');
  await expect(rule('ci-failed')).toContainText('config.yaml: retries, message');
  await expect(rule('merge-conflicts')).toContainText('usual');
  await expect(rule('pr-closed').getByRole('switch')).toHaveCount(0);

  await rule('merge-conflicts').getByRole('switch', { name: 'Conflicts' }).click();
  await expect(rule('merge-conflicts')).toContainText('config.yaml: auto');
  await expect(rule('merge-conflicts')).toContainText('only when you say so');
  await rules.getByLabel('Reactions of').selectOption({ label: 'repo' });
  await expect(rule('merge-conflicts').getByRole('switch')).not.toBeChecked();
  await rule('merge-conflicts').getByRole('switch').click();
  await expect(rule('merge-conflicts')).toContainText('this project: auto');
  await rule('merge-conflicts').getByRole('switch').click();
  await expect(rule('merge-conflicts')).toContainText('config.yaml: auto');
  await rules.getByLabel('Reactions of').selectOption({ label: 'All projects' });
  await rule('merge-conflicts').getByRole('switch').click();
  await expect(rule('merge-conflicts')).toContainText('usual');
  expect(readFileSync(configOf(world), 'utf8')).not.toContain('auto');

  edit(world, (text) => text.replace('retries: 4', 'retries: many'));
  await expect(rules.getByRole('alert')).toContainText(/config\.yaml, line \d+: reactions\.ci-failed\.retries: /);
  await showBoth(page, 'rules');
  await expect(rules.getByRole('alert')).toContainText('no agent that it is about is told anything by itself');
  // The last that could be read.
  await expect(rule('ci-failed')).toContainText('config.yaml: retries, message');
  edit(world, (text) => text.replace('retries: many', 'retries: 0'));
  await expect(rules.getByRole('alert')).toHaveCount(0);
  await expect(rule('ci-failed')).toContainText('Its agent is told, once; then you.');
});

test('what an agent is about to be told is read, dismissed and sent, and stands in the timeline', async ({
  world,
  host,
  gh,
}) => {
  await addAtGitHub(world);
  const headRefOid = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: world.repository, encoding: 'utf8' }).trim();
  const checks = [{ name: 'unit <b>', state: 'FAILURE', required: true, url: 'https://ci.example/1' }];
  gh.answer({ pulls: { '7': { headRefName: 'session/repo-1', headRefOid, checks } } });
  edit(world, (text) => `${text}\nreactions:\n  ci-failed: { auto: false }\n`);
  expect((await world.athene('spawn', '-p', 'repo', '-a', 'claude-code', '--name', 'failing')).code).toBe(0);
  const page = await host.open();
  await sessionRow(page, 'failing').click();
  await expectText(terminalOf(page, 'failing'), 'ready');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const next = inspector.getByRole('region', { name: 'What happens by itself' });
  await expect(next.getByRole('listitem')).toContainText('A check fails. Its rule says auto: false');
  await expect(next.getByRole('button', { name: 'Dismiss' })).toBeHidden();

  // Paused, nothing is sent by itself while somebody looks at what would be.
  expect((await world.athene('session', 'freeze', 'repo-1')).code).toBe(0);
  edit(world, (text) => text.replace('auto: false', 'auto: true'));
  await expect(next.getByRole('listitem')).toContainText('A check fails. Its agent is told later: It is paused.');
  await next.getByRole('button', { name: 'Show text' }).click();
  const text = next.getByLabel('What its agent is told');
  await expect(text).toContainText('Checks fail on your pull request #7');
  await expect(text).toContainText('> unit <b>');
  await showBoth(page, 'next');
  await next.getByRole('button', { name: 'Hide text' }).click();
  await expect(text).toBeHidden();

  await next.getByRole('button', { name: 'Dismiss' }).click();
  await expect(next).toContainText('You dismissed it.');
  await next.getByRole('button', { name: 'Take back' }).click();
  await expect(next).toContainText('Its agent is told later: It is paused.');
  await next.getByRole('button', { name: 'Dismiss' }).click();
  await expect(next).toContainText('You dismissed it.');
  await next.getByRole('button', { name: 'Send now' }).click();
  await expect(page.getByText('Checks fail: the agent of repo-1 is not told. It is paused.')).toBeVisible();
  expect((await world.athene('session', 'thaw', 'repo-1')).code).toBe(0);
  await next.getByRole('button', { name: 'Send now' }).click();
  await expectText(terminalOf(page, 'failing'), 'heard it');
  await expect(next).toContainText('sent 1 of 3');

  await inspector.getByRole('tab', { name: 'Timeline' }).click();
  const timeline = inspector.getByRole('tabpanel', { name: 'Timeline' });
  await expect(
    timeline.getByRole('listitem').filter({ hasText: 'A check fails. Its agent is told (1 of 3)' }),
  ).toHaveCount(1);
  await expect(
    timeline.getByRole('listitem').filter({ hasText: 'You dismissed it, so its agent is not told' }),
  ).toHaveCount(2);
});
