// Windows of the desktop app: several, each with its own place and layout, and what becomes of them.
import { join } from 'node:path';
import { addRepository, counter, expectDesktop, isAlive, showSession, spawn } from './desktop.ts';
import { readIfThere } from './read-if-there.ts';
import { expectText, sessionRow, settledText, terminalOf, textOf, typeInto } from './screen.ts';
import { expect, test } from './test.ts';
import type { World } from './world.ts';

test('it starts with one window in the middle of the display, shown and focused, and asks nobody else for anything', async ({
  desktop,
}) => {
  const page = await desktop.open();
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Connected');
  const { windows, foreignRequests } = await desktop.record();
  expect(windows).toMatchObject([
    { bounds: { x: 320, y: 130, width: 1280, height: 820 }, isVisible: true, isFocused: true, isAlwaysOnTop: false },
  ]);
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1280, 820]);
  expect(foreignRequests).toEqual([]);
});

test('two windows come back with their own places and layouts, and none stays on a display that has gone', async ({
  world,
  desktop,
}) => {
  await addRepository(world);
  await spawn(world, 'left alone', 'cat');
  await spawn(world, 'right hand', 'cat');
  await desktop.act({
    kind: 'displays',
    areas: [
      { x: 0, y: 0, width: 1920, height: 1080 },
      { x: 1920, y: 0, width: 2560, height: 1440 },
    ],
  });
  const [first, second] = [await desktop.open(), await desktop.open()];
  await sessionRow(first, 'left alone').click();
  await sessionRow(second, 'right hand').click();
  await second.getByRole('button', { name: 'Toggle sidebar' }).click();
  const near = { x: 40, y: 50, width: 1000, height: 700 };
  const far = { x: 3000, y: 400, width: 1300, height: 900 };
  await desktop.act({ kind: 'bounds', window: 0, bounds: near });
  await desktop.act({ kind: 'bounds', window: 1, bounds: far });
  await desktop.act({ kind: 'focus', window: 1 });
  await expect(second.getByRole('button', { name: 'Toggle sidebar' })).toHaveAttribute('aria-pressed', 'false');
  // Both layouts have reached the app when it has written them down.
  await expect.poll(() => keptSidebars(world)).toEqual(['open', 'rail']);

  await desktop.restart();
  await expectDesktop(desktop, ({ windows }) => windows.map(({ bounds }) => bounds)).toEqual([near, far]);
  const [again, other] = [await desktop.open(), await desktop.open()];
  await expect(terminalOf(again, 'left alone')).toBeVisible();
  await expect(again.getByRole('button', { name: 'Toggle sidebar' })).toHaveAttribute('aria-pressed', 'true');
  await expect(terminalOf(other, 'right hand')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Toggle sidebar' })).toHaveAttribute('aria-pressed', 'false');

  await desktop.act({ kind: 'displays', areas: [{ x: 0, y: 0, width: 1920, height: 1080 }] });
  // Where the one stood on this display before; as near as can be for the other, which never did.
  const middle = { x: 320, y: 130, width: 1280, height: 820 };
  const nearest = { ...far, x: 620, y: 180 };
  await expectDesktop(desktop, ({ windows }) => windows.map(({ bounds }) => bounds)).toEqual([middle, nearest]);
});

/** Of the windows, the last used one last, as they would come back now. */
function keptSidebars({ home }: World): unknown {
  const text = readIfThere(join(home, 'desktop', 'windows.json'));
  if (text === '') return null;
  const { windows } = JSON.parse(text) as { windows: { layout: { sidebar: string } | null }[] };
  return windows.map(({ layout }) => layout?.sidebar ?? null);
}

test('a session pops out into a window of its own, stays on top, and comes back, and its agent notices nothing', async ({
  world,
  desktop,
}) => {
  await addRepository(world);
  await spawn(world, 'counter', counter);
  const main = await desktop.open();
  await showSession(main, 'counter', /count 3/);
  const pid = Number(/pid (\d+)/.exec(await textOf(terminalOf(main, 'counter')))?.[1]);

  await main.getByRole('button', { name: 'Pop out' }).click();
  const own = await desktop.window(1);
  await expectText(terminalOf(own, 'counter'), new RegExp(`pid ${pid}\\b`));
  const count = lastCount(await textOf(terminalOf(own, 'counter')));
  await expectText(terminalOf(own, 'counter'), new RegExp(`count ${count + 5}\\b`));
  expect(isAlive(pid)).toBe(true);
  await expect(main.getByText('Open in another window')).toBeVisible();
  await expect(terminalOf(main, 'counter')).toHaveCount(0);

  await own.getByRole('button', { name: 'Always on top' }).click();
  await expectDesktop(desktop, ({ windows }) => windows.map(({ isAlwaysOnTop }) => isAlwaysOnTop)).toEqual([
    false,
    true,
  ]);
  await desktop.act({ kind: 'focus', window: 0 });
  await main.getByRole('button', { name: 'Focus it' }).click();
  await expectDesktop(desktop, ({ windows }) => windows.map(({ isFocused }) => isFocused)).toEqual([false, true]);

  await desktop.restart();
  await expectDesktop(desktop, ({ windows }) => windows.filter(({ isAlwaysOnTop }) => isAlwaysOnTop).length).toBe(1);
  const { windows } = await desktop.record();
  const restored = await desktop.window(windows.findIndex(({ isAlwaysOnTop }) => isAlwaysOnTop));
  await expectText(terminalOf(restored, 'counter'), /count \d+/);
  await restored.getByRole('button', { name: 'Bring back' }).click();
  await expectDesktop(desktop, ({ windows }) => windows.length).toBe(1);
  const left = await desktop.window(0);
  await expectText(terminalOf(left, 'counter'), new RegExp(`pid ${pid}\\b`));
  expect(isAlive(pid)).toBe(true);
});

const lastCount = (text: string): number => Number([...text.matchAll(/count (\d+)/g)].at(-1)?.[1] ?? 0);

test('a window whose page dies comes back with the text of its terminal, the others do not blink', async ({
  world,
  desktop,
}) => {
  await addRepository(world);
  await spawn(world, 'survivor', 'echo ready; cat');
  const [page, other] = [await desktop.open(), await desktop.open()];
  await showSession(page, 'survivor', 'ready');
  await typeInto(page, terminalOf(page, 'survivor'), 'before the crash\n');
  await expectText(terminalOf(page, 'survivor'), /before the crash[^]*before the crash/);
  const text = await settledText(terminalOf(page, 'survivor'));
  await other.evaluate(() => Object.assign(window, { mark: 'same page' }));
  const target = (await desktop.record()).windows[0]?.target;

  await desktop.act({ kind: 'crash', window: 0 });
  await expectDesktop(desktop, ({ windows }) => windows[0]?.target).not.toBe(target);
  const back = await desktop.window(0);
  await expect.poll(() => textOf(terminalOf(back, 'survivor'))).toBe(text);
  expect(await other.evaluate(() => (window as unknown as { mark?: string }).mark)).toBe('same page');
  expect((await desktop.record()).windows).toHaveLength(2);
});

test('closing the last window leaves app and agents; that is explained once, and the tray opens a window', async ({
  world,
  desktop,
}) => {
  await addRepository(world);
  await spawn(world, 'goes on', counter);
  const page = await desktop.open();
  await showSession(page, 'goes on', /count 3/);
  const pid = Number(/pid (\d+)/.exec(await textOf(terminalOf(page, 'goes on')))?.[1]);
  await desktop.act({ kind: 'menu', path: ['File', 'Close window'] });
  await expectDesktop(desktop, ({ windows }) => windows.length).toBe(0);
  await expectDesktop(desktop, ({ notifications }) => notifications.map(({ title }) => title)).toEqual([
    'Athene goes on',
  ]);
  expect(isAlive(pid)).toBe(true);

  await desktop.act({ kind: 'click-tray' });
  const again = await desktop.window(0);
  // The place of the window that was closed last.
  await expectText(terminalOf(again, 'goes on'), new RegExp(`pid ${pid}\\b`));
  await desktop.act({ kind: 'close', window: 0 });
  await expectDesktop(desktop, ({ windows }) => windows.length).toBe(0);
  expect((await desktop.record()).notifications.filter(({ title }) => title === 'Athene goes on')).toHaveLength(1);
});
