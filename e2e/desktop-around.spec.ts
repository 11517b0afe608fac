// What stands around the windows: tray, badge, notifications and the application menu follow the sessions.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuRecord } from './hosts/desktop-driver.ts';
import { addRepository, expectDesktop, labelsOf, spawn } from './desktop.ts';
import { expectText, sessionRow, terminalOf, typeInto } from './screen.ts';
import { expect, test } from './test.ts';

test('tray, badge and title follow what the agents do, and the tray leads to who waits', async ({ world, desktop }) => {
  await addRepository(world);
  const page = await desktop.open();
  await expectDesktop(desktop, ({ tray }) => [tray?.image, tray?.tooltip]).toEqual([
    'tray-idle-on-dark-22.png',
    'Athene: no agent works',
  ]);
  await spawn(world, 'busy', world.fakeAgent('spinner'));
  await expectDesktop(desktop, ({ tray, badge }) => [tray?.image, tray?.tooltip, badge]).toEqual([
    'tray-working-on-dark-22.png',
    'Athene: 1 working',
    0,
  ]);
  await spawn(world, 'broken', world.fakeAgent('exits', '--code', '3'));
  const asking = await spawn(world, 'asking', world.fakeAgent('asks'));
  await expectDesktop(desktop, ({ tray, badge }) => [tray?.image, tray?.tooltip, badge]).toEqual([
    'tray-waiting-on-dark-22.png',
    'Athene: 1 waiting, 1 broken, 1 working',
    1,
  ]);
  const { tray } = await desktop.record();
  const labels = labelsOf(tray?.menu ?? []);
  expect(labels.slice(0, 4)).toEqual([
    expect.stringMatching(/^1 waiting · oldest /),
    expect.stringMatching(/^Asks (you|permission) · asking · /),
    '1 broken',
    expect.stringMatching(/^Crashed · broken · /),
  ]);
  expect(labels.slice(4)).toEqual([
    'New session…',
    'Queue',
    'Pause new spawns',
    'Mute for 1 hour',
    'Open Athene',
    'Quit… (1 working)',
  ]);
  await expect(page).toHaveTitle(/^\(1\) /);

  await desktop.act({ kind: 'blur' });
  await desktop.act({ kind: 'tray', path: [labels[1] ?? ''] });
  await expectText(terminalOf(page, 'asking'), 'Do you want to proceed?');
  await expectDesktop(desktop, ({ windows }) => windows.map(({ isFocused }) => isFocused)).toEqual([true]);
  await typeInto(page, terminalOf(page, 'asking'), '1\n');
  await expectDesktop(desktop, ({ tray: now, badge }) => [now?.image, badge]).toEqual([
    'tray-working-on-dark-22.png',
    0,
  ]);
  await expect(sessionRow(page, 'asking')).toHaveAccessibleName(/done/);
  expect((await world.athene('status', '--json')).stdout).toContain(asking);
});

test('the tray pauses spawns, whoever asks for one, and mutes', async ({ world, desktop }) => {
  await addRepository(world);
  const page = await desktop.open();
  await desktop.act({ kind: 'tray', path: ['Pause new spawns'] });
  await expectDesktop(desktop, ({ tray }) => labelsOf(tray?.menu ?? [])).toContain('Resume new spawns');
  const refused = await world.athene('spawn', '-a', 'custom', '--command', 'cat');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/paused/i)]);
  await desktop.act({ kind: 'tray', path: ['Resume new spawns'] });
  await expectDesktop(desktop, ({ tray }) => labelsOf(tray?.menu ?? [])).toContain('Pause new spawns');

  await desktop.act({ kind: 'tray', path: ['Mute for 1 hour'] });
  await expectDesktop(desktop, ({ tray }) => labelsOf(tray?.menu ?? []).some((one) => one.startsWith('Unmute'))).toBe(
    true,
  );
  await spawn(world, 'unheard', world.fakeAgent('asks'));
  await expectDesktop(desktop, ({ badge }) => badge).toBe(1);
  await expect(sessionRow(page, 'unheard')).toHaveAccessibleName(/asks/);
  await desktop.act({ kind: 'tray', path: ['Unmute'] });
  await expectDesktop(desktop, ({ tray }) => labelsOf(tray?.menu ?? [])).toContain('Mute for 1 hour');
  await spawn(world, 'heard', world.fakeAgent('asks'));
  // What came while it was muted would have been told before this.
  await expectDesktop(desktop, ({ notifications }) => notifications.map(({ title }) => title)).toEqual([
    expect.stringMatching(/^heard asks/),
  ]);
});

test('notifications: of who waits, breaks and finishes while nobody looks; a click leads there', async ({
  world,
  desktop,
}) => {
  await addRepository(world);
  const page = await desktop.open();
  await spawn(world, 'asker', world.fakeAgent('asks'));
  const told = () =>
    desktop
      .record()
      .then(({ notifications }) => notifications.filter(({ isOpen }) => isOpen).map(({ title }) => title));
  await expect.poll(told).toEqual([expect.stringMatching(/^asker asks (you|permission)$/)]);
  await spawn(world, 'breaker', world.fakeAgent('exits', '--code', '3'));
  await expect.poll(told).toContain('breaker crashed');
  await spawn(world, 'finisher', world.fakeAgent('exits', '--code', '0'));
  await expect.poll(told).toContain('finisher is done');

  await desktop.act({ kind: 'blur' });
  const { notifications } = await desktop.record();
  const index = notifications.findIndex(({ title }) => title.startsWith('asker'));
  await desktop.act({ kind: 'click-notification', index });
  await expectText(terminalOf(page, 'asker'), 'Do you want to proceed?');
  await expectDesktop(desktop, ({ windows }) => windows.map(({ isFocused }) => isFocused)).toEqual([true]);
  await expect.poll(told).not.toContain(notifications[index]?.title);
});

test('nobody is notified of the session in front of them; three that wait at once are one notification', async ({
  world,
  desktop,
}) => {
  await addRepository(world);
  const page = await desktop.open();
  await spawn(world, 'seen', world.fakeAgent('asks', '--answers', '2'));
  await sessionRow(page, 'seen').click();
  await expect(sessionRow(page, 'seen')).toHaveAccessibleName(/asks/);
  // They ask at once, however long their spawns take.
  const go = join(world.home, '..', 'go');
  const asks = `until [ -e '${go}' ]; do sleep 0.1; done; ${world.fakeAgent('asks')}`;
  await Promise.all(['one', 'two', 'three'].map((name) => spawn(world, name, asks)));
  writeFileSync(go, '');
  await expectDesktop(desktop, ({ notifications }) =>
    notifications.filter(({ isOpen }) => isOpen).map(({ title }) => title),
  ).toEqual(['3 agents are waiting']);
  const { notifications } = await desktop.record();
  expect(notifications.some(({ title }) => title.startsWith('seen'))).toBe(false);
});

test('menu items run the commands of the window in front, show their chords and take no key', async ({
  world,
  desktop,
}) => {
  await addRepository(world);
  await spawn(world, 'menued', 'echo ready; cat');
  const page = await desktop.open();
  await sessionRow(page, 'menued').click();
  const { menu } = await desktop.record();
  expect(menu.map(({ label }) => label)).toEqual(['File', 'Edit', 'View', 'Go', 'Session', 'Window', 'Help']);
  const all = itemsOf(menu);
  expect(all.filter(({ registersAccelerator, role }) => registersAccelerator || role !== null)).toEqual([]);
  expect(all.find(({ label }) => label === 'New session…')?.accelerator).toBe('Ctrl+Shift+N');

  await desktop.act({ kind: 'menu', path: ['File', 'New session'] });
  await expect(page.getByRole('dialog', { name: 'New session' })).toBeVisible();
  await page.keyboard.press('Escape');
  await desktop.act({ kind: 'menu', path: ['View', 'Toggle sidebar'] });
  await expect(page.getByRole('button', { name: 'Toggle sidebar' })).toHaveAttribute('aria-pressed', 'false');
  await desktop.act({ kind: 'menu', path: ['Go', 'Queue'] });
  await expect(page.getByRole('heading', { name: 'Queue' })).toBeVisible();
  await desktop.act({ kind: 'menu', path: ['File', 'Settings'] });
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await expectDesktop(desktop, ({ popUps }) => popUps).toBe(1);
  await desktop.act({ kind: 'menu', path: ['Window', 'New window'] });
  const second = await desktop.window(1);
  await expect(second.getByRole('status', { name: 'Connection' })).toContainText('Connected');
  await expectDesktop(desktop, ({ windows }) => windows.map(({ isFocused }) => isFocused)).toEqual([false, true]);
  await desktop.act({ kind: 'menu', path: ['Window', 'Athene 1'] });
  await expectDesktop(desktop, ({ windows }) => windows.map(({ isFocused }) => isFocused)).toEqual([true, false]);
});

/** Items of every depth, without the menus that hold them. */
const itemsOf = (menu: readonly MenuRecord[]): MenuRecord[] =>
  menu.flatMap((one) => (one.submenu === null ? [one] : itemsOf(one.submenu)));

test('the theme of the system reaches the pages and the tray', async ({ desktop }) => {
  const page = await desktop.open();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect.poll(background).toBe('rgb(14, 17, 22)');
  await desktop.act({ kind: 'theme', dark: false });
  await expect.poll(background).toBe('rgb(244, 246, 248)');
  await expectDesktop(desktop, ({ tray }) => tray?.image).toBe('tray-idle-on-light-22.png');
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  // The person's choice beats the system's.
  await expect.poll(background).toBe('rgb(14, 17, 22)');
});
