// The configuration on the screen: what a repository asks for, what is wrong with a file, and what is changed in the settings.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDialog } from './screen.ts';
import { expect, test } from './test.ts';

test('a repository asks in its own file, a broken one says where, and how sessions start is set', async ({
  world,
  host,
}) => {
  const config = (): string => readFileSync(join(world.home, 'config.yaml'), 'utf8');
  const place = (text: string): void => writeFileSync(join(world.repository, 'athene.yaml'), text);
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const page = await host.open();
  await page.getByRole('button', { name: 'Settings' }).click();
  const projects = page.getByRole('region', { name: 'Projects', exact: true });

  await test.step('what the repository asks for', async () => {
    place('setUp: [npm ci]\nagentConfig: {permissions: permissionless}\n');
    const asks = projects.getByRole('group', { name: 'athene.yaml of repo' });
    await expect(asks).toContainText('athene.yaml in this repository asks for');
    await expect(asks.getByRole('row', { name: 'setUp' })).toContainText('["npm ci"]');
    await asks.getByRole('button', { name: 'Accept' }).click();
    await expect(asks).toContainText('You accepted what athene.yaml asks for');
    expect(config()).toMatch(/acceptedFile: [0-9a-f]{32}/);
    await expect(projects.locator('summary').filter({ hasText: 'Sessions of repo' })).toContainText(
      'no permission asking',
    );
    await openDialog(page);
    await expect(page.getByRole('group', { name: 'Checks' })).toContainText('no permission asking');
    await page.keyboard.press('Escape');
    await asks.getByRole('button', { name: 'Take back' }).click();
    await expect(asks).toContainText('athene.yaml in this repository asks for');
    expect(config()).not.toContain('acceptedFile');
  });

  await test.step('what is wrong', async () => {
    place('setUp:\n  - [\n');
    const wrong = projects.getByRole('group', { name: 'What is wrong with repo' });
    await expect(wrong).toContainText('athene.yaml, line 3: ');
    await expect(wrong).toContainText(join(world.repository, 'athene.yaml'));
    await expect(page.getByRole('button', { name: '1 trouble' })).toHaveAttribute('title', /athene\.yaml, line 3: /);
    place('agentRules: Be brief.\n');
    await expect(wrong).toBeHidden();
  });

  await test.step('how sessions start', async () => {
    const summary = projects.locator('summary').filter({ hasText: 'Sessions of repo' });
    await expect(summary).toContainText('asks for permission · rules');
    await summary.click();
    const rules = projects.getByLabel('Rules for agents');
    await expect(rules).toHaveValue('Be brief.');
    await expect(rules).toBeDisabled();
    await expect(projects).toContainText('athene.yaml of the repository says it.');
    await projects.getByLabel('Agent', { exact: true }).selectOption({ label: 'Shell' });
    await projects.getByLabel('Permissions').selectOption('Acts without asking');
    await expect(projects).toContainText('Agents of repo then run any command without asking you.');
    await projects.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved how sessions of repo start')).toBeVisible();
    await expect(summary).toContainText('Shell · no permission asking');
    expect(config()).toMatch(/agent: shell\n +agentConfig:\n +permissions: permissionless\n/);
  });

  await test.step('what holds for all', async () => {
    const defaults = page.getByRole('region', { name: 'Defaults' });
    await defaults.getByRole('radio', { name: '1 min' }).click();
    await expect(defaults.getByRole('radio', { name: '1 min' })).toBeChecked();
    await defaults.getByRole('switch', { name: 'Clean up after a merge' }).click();
    await expect(defaults.getByRole('radio', { name: '1 min' })).toBeDisabled();
    expect(config()).toContain('lifecycle:\n  mergeCleanupIdleGraceMs: 60000\n  autoCleanupOnMerge: false\n');
    writeFileSync(
      join(world.home, 'config.yaml'),
      config().replace('autoCleanupOnMerge: false', 'autoCleanupOnMerge: true'),
    );
    await expect(defaults.getByRole('switch', { name: 'Clean up after a merge' })).toBeChecked();
  });
});
