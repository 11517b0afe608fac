// Pictures of the desktop app, made of the real thing. `ATHENE_PICTURES=docs/images npm test -- e2e` renews them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectText, openDialog, sessionRow, terminalOf } from './screen.ts';
import { expect, test } from './test.ts';

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['ATHENE_PICTURES'] ?? test.info().outputDir;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `desktop-${name}.png`), animations: 'disabled' });
}

for (const theme of ['dark', 'light'] as const) {
  test(`pictures of the windows, ${theme}`, async ({ world, desktop }) => {
    await desktop.act({ kind: 'theme', dark: theme === 'dark' });
    await world.athene('project', 'add', world.repository, '--id', 'api');
    const spawn = (name: string, agent: string): Promise<unknown> =>
      world.athene(
        ...['spawn', '--project', 'api', '-a', 'custom', '--name', name],
        ...['--command', world.fakeAgent(agent)],
      );
    await spawn('cache-warm', 'spinner');
    await spawn('rate-limit', 'asks');
    const page = await desktop.open();
    await expect(sessionRow(page, 'rate-limit')).toHaveAccessibleName(/asks permission/i);
    await sessionRow(page, 'rate-limit').click();
    await expectText(terminalOf(page, 'rate-limit'), 'Do you want to proceed');
    await picture(page, `main-${theme}`);

    await sessionRow(page, 'cache-warm').click();
    await page.getByRole('button', { name: 'Pop out' }).click();
    await expect(page.getByText('Open in another window')).toBeVisible();
    await picture(page, `placeholder-${theme}`);
    await expect.poll(async () => (await desktop.record()).windows.length).toBe(2);
    const own = await desktop.page(async () => (await desktop.record()).windows[1]?.target);
    await expectText(terminalOf(own, 'cache-warm'), 'step 1');
    await picture(own, `pop-out-${theme}`);

    await desktop.act({ kind: 'tray', path: ['Pause new spawns'] });
    await openDialog(page);
    await expect(page.getByText('New spawns are paused').first()).toBeVisible();
    await picture(page, `paused-${theme}`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings' }).first().click();
    await page.getByRole('region', { name: 'Notifications' }).scrollIntoViewIfNeeded();
    await picture(page, `settings-${theme}`);
  });
}
