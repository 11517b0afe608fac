// The field for an issue: found by words or number, with who works on it; of GitHub, of files without any account, and of nobody who answers.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addAtGitHub, expect, test } from './fixtures/fake-gh-test.ts';
import { openDialog, sessionRow, startSession } from './screen.ts';

test.slow();

test('an issue is found and chosen, one that somebody works on is not, and who does not answer keeps nobody', async ({
  world,
  host,
  gh,
}) => {
  gh.answer({
    issues: {
      '7': { title: 'Sign in fails', labels: [{ name: 'bug' }] },
      '8': { title: 'Dark mode \u202eedom', body: 'All of it.' },
      '9': { title: 'Dark ages', state: 'CLOSED' },
    },
  });
  await addAtGitHub(world);
  const taken = await world.athene('spawn', '7', '-a', 'custom', '--name', 'first', '--command', 'sleep 600');
  expect(taken.code, taken.stderr).toBe(0);
  const id = /SESSION=(\S+)/.exec(taken.stdout)?.[1] ?? '';
  const page = await host.open();
  const dialog = page.getByRole('dialog', { name: 'New session' });
  const field = dialog.getByRole('combobox', { name: 'Issue' });
  const options = dialog.getByRole('listbox', { name: 'Issues' }).getByRole('option');
  const agent = { agent: 'Custom command', command: 'sleep 600' };

  await test.step('the list, and who works on one', async () => {
    await openDialog(page);
    await field.click();
    await expect(options).toHaveText([/^#8Dark mode edom$/, new RegExp(`^#7Sign in fails${id} works on it$`)]);
    await expect(options.nth(1)).toHaveAttribute('aria-disabled', 'true');
    await options.nth(1).click({ force: true });
    await expect(field).toHaveValue('');
    await field.fill('7');
    await expect(options).toHaveText([/^#7/]);
    await expect(dialog).toContainText(`${id} works on it already`);
  });

  await test.step('chosen by keys, and its words name the session', async () => {
    await field.fill('dark');
    await expect(options).toHaveText([/^#8/]);
    await field.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await field.press('Enter');
    await expect(field).toHaveValue('8');
    await expect(options).toHaveCount(0);
    await startSession(page, agent);
    await expect(sessionRow(page, 'Dark mode')).toBeVisible();
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('feat/issue-8');
  });

  await test.step('nobody answers: what is typed is used', async () => {
    gh.change((before) => ({ ...before, mode: 'offline' }));
    await openDialog(page);
    await field.fill('another thing');
    await expect(dialog.getByRole('status').filter({ hasText: 'What you type is used' })).toContainText(
      'GitHub could not be reached.',
    );
    await startSession(page, { ...agent, name: 'without its text' });
    await expect(sessionRow(page, 'without its text')).toBeVisible();
  });

  await test.step('files are issues, without gh and without an account', async () => {
    mkdirSync(join(world.repository, 'issues'));
    writeFileSync(
      join(world.repository, 'issues', 'fix-login.md'),
      '---\ntitle: Mend the login\nstate: open\n---\nIt loops.\n',
    );
    writeFileSync(join(world.repository, 'issues', 'old.md'), '---\ntitle: Old\nstate: done\n---\n');
    const config = join(world.home, 'config.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^( *)repo: github.*$/m, '$1tracker: local'));
    const asked = () => gh.calls().filter(({ args }) => args[0] === 'issue').length;
    expect(asked()).toBeGreaterThan(0);
    await openDialog(page);
    await field.click();
    await expect(options).toHaveText([/^fix-loginMend the login/]);
    await options.first().click();
    await expect(field).toHaveValue('fix-login');
    await startSession(page, { ...agent, name: '' });
    await expect(sessionRow(page, 'Mend the login')).toBeVisible();
    expect(asked()).toBe(0);
  });
});
