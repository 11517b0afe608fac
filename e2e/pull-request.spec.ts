// The PR tab: what a person sees of a pull request while its code host answers, and while it does not.
import type { Page } from '@playwright/test';
import { spawn } from './desktop.ts';
import { addAtGitHub, expect, test, troubledPull } from './fixtures/fake-gh-test.ts';
import { expectText, sessionRow, terminalOf } from './screen.ts';

test.slow();

const panelOf = (page: Page) => page.getByRole('tabpanel', { name: 'PR' });
const rowsOf = (page: Page) => panelOf(page).getByRole('list', { name: 'Ready to merge?' }).getByRole('listitem');

/** An answer of the last seconds holds, whoever asks: so it is asked until it is another. */
async function lookUntil(page: Page, look: () => Promise<void>): Promise<void> {
  await expect(async () => {
    const again = panelOf(page).getByRole('button', { name: /^Look again/ });
    if (await again.isEnabled()) await again.click();
    await look();
  }).toPass({ timeout: 60_000 });
}

test('a pull request is found, explained, sent to its agent, kept while nobody answers, and merged', async ({
  world,
  host,
  gh,
}) => {
  await addAtGitHub(world);
  const id = await spawn(world, 'worker', 'cat');
  const pull = troubledPull(world, id);
  const page = await host.open();
  await sessionRow(page, 'worker').click();
  await page.getByRole('tab', { name: 'PR' }).click();
  const panel = panelOf(page);

  await test.step('none yet', async () => {
    await expect(panel).toContainText(`None is open for ${pull.headRefName}`);
  });

  const world7 = (more: object = {}) => ({
    pulls: { '7': { ...pull, ...more } },
    logs: { '11': '\u001b[31mexpected 3\u001b[0m\n##[error]exit code 1\nPost job cleanup.' },
  });

  await test.step('found by its branch, with five rows that say why', async () => {
    gh.answer(world7());
    await lookUntil(page, () =>
      expect(panel.getByRole('heading', { name: 'Rotate tokens' })).toBeVisible({ timeout: 1500 }),
    );
    await expect(rowsOf(page)).toHaveText([
      /^CIFailing · 1 of 2 checks failed$/,
      /^ReviewChanges wanted · by maria$/,
      /^ConflictsNone · with main$/,
      /^Branch rulesBlocked · the rules of main forbid/,
      /^DraftNo · it is marked as ready$/,
    ]);
    await expect(panel).toContainText(`${pull.headRefName} → main`);
    await expect(panel).toContainText("#7 can't be merged now: A required check failed.");
    await expect(panel.getByRole('button', { name: 'Hold to squash and merge' })).toBeDisabled();
  });

  await test.step('checks and threads go to the agent as data', async () => {
    const checks = panel.getByRole('region', { name: '1 failed check' });
    await expect(checks.getByRole('listitem')).toContainText('failed · required');
    const log = checks.getByLabel('What e2e printed last');
    await expect(log).toBeHidden();
    await checks.getByText('Last lines').click();
    await expect(log).toHaveText('expected 3\nexit code 1');
    await checks.getByRole('button', { name: 'Send to agent: e2e' }).click();
    const threads = panel.getByRole('region', { name: '1 open thread' });
    await expect(threads).toContainText('1 resolved');
    await expect(threads.getByRole('listitem')).toContainText('src/token.ts:12');
    await expect(threads.getByRole('listitem')).toContainText('cursor · bot');
    await threads.getByRole('button', { name: 'Send to agent: the thread at src/token.ts:12' }).click();
    await expectText(terminalOf(page, 'worker'), /A check of pull request #7 failed[^]*> e2e[^]*> exit code 1/);
    await expectText(terminalOf(page, 'worker'), /> maria: Revoke it.*first\.[^]*> cursor: Nobody awaits this/);
  });

  await test.step('a thread is answered and resolved, which can be taken back; what was not sent stays', async () => {
    const thread = panel.getByRole('region', { name: '1 open thread' }).getByRole('listitem');
    const field = thread.getByRole('textbox', { name: 'Reply in the thread at src/token.ts:12' });
    await thread.getByRole('button', { name: 'Reply in the thread at src/token.ts:12' }).click();
    await expect(field).toBeFocused();
    gh.change((before) => ({ ...before, mode: 'no-repository' }));
    await page.keyboard.type('It is now.');
    await page.keyboard.press('Control+Enter');
    await expect(thread.getByRole('alert')).toContainText('Not sent: ');
    await expect(field).toHaveValue('It is now.');
    gh.change((before) => ({ ...before, mode: 'ok' }));
    await thread.getByRole('button', { name: 'Send reply' }).click();
    await expect(thread).toContainText(/me.*It is now\./);
    await expect(thread.getByRole('status')).toHaveCount(0);
    await thread.getByRole('button', { name: 'Resolve the thread at src/token.ts:12' }).click();
    await expect(thread).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(thread).toContainText('It is now.');
    await panel.getByText('1 resolved').click();
    await panel.getByRole('button', { name: 'Open the thread at README.md again' }).click();
    await expect(panel.getByRole('region', { name: '2 open threads' })).toContainText('Typo.');
    const done: string[] = [];
    const changes = () => {
      for (const { args } of gh.calls()) done.push(...(args.join(' ').match(/\w*esolveReviewThread/g) ?? []));
      return done;
    };
    await expect.poll(changes).toEqual(['resolveReviewThread', ...Array<string>(2).fill('unresolveReviewThread')]);
  });

  await test.step('whoever does not answer leaves all as it was, with time and reason', async () => {
    const stale = panel.getByRole('note');
    for (const [mode, why] of [
      ['offline', 'GitHub could not be reached.'],
      ['signed-out', 'gh is not signed in to GitHub. Sign in with `gh auth login`'],
      ['rate-limited', /its rate limit is reached\. Try again after Mar 1[78], 2030/],
      ['html', 'What came back is no answer of GitHub.'],
    ] as const) {
      gh.change((before) => ({ ...before, mode }));
      await lookUntil(page, () => expect(stale).toContainText(why, { timeout: 1500 }));
      await expect(stale).toContainText(/^Stale: not read since \d\d:\d\d/);
      await expect(rowsOf(page).first()).toHaveText(/^CIFailing/);
    }
    const { stdout } = await world.athene('status', '--json');
    expect(stdout).toContain('"ci_failed"');
    expect(stdout).not.toContain('"terminated"');
    await expectText(terminalOf(page, 'worker'), /Nobody awaits this/);
  });

  await test.step('what is mended can be merged, by holding', async () => {
    gh.answer(
      world7({
        checks: [{ name: 'e2e', state: 'SUCCESS', required: true }],
        reviewDecision: 'APPROVED',
        mergeStateStatus: 'CLEAN',
        threads: [],
      }),
    );
    await lookUntil(page, () => expect(rowsOf(page).first()).toHaveText(/^CIPassed/, { timeout: 1500 }));
    await expect(panel.getByRole('note')).toBeHidden();
    await panel.getByRole('combobox', { name: 'How it is merged' }).selectOption('Merge commit');
    const merge = panel.getByRole('button', { name: 'Hold to merge' });
    await expect(merge).toBeEnabled();
    await merge.hover();
    await page.mouse.down();
    await expect(rowsOf(page)).toHaveCount(0);
    await page.mouse.up();
    await expect(panel).toContainText('merged');
    const merged = gh.calls().find(({ args }) => args[1] === 'merge')?.args;
    expect(merged).toEqual(expect.arrayContaining(['--merge', '--match-head-commit', pull.headRefOid]));
  });
});
