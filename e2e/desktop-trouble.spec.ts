// The desktop app is ended from outside, and finds things in its home that it can't use.
import { lstatSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addRepository, counter, expectDesktop, isAlive, showSession, spawn } from './desktop.ts';
import { expectText, terminalOf, textOf } from './screen.ts';
import { expect, test } from './test.ts';

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  test(`${signal} ends it while it asks how to quit; agents go on, and the windows come back`, async ({
    world,
    desktop,
  }) => {
    await addRepository(world);
    await spawn(world, 'goes on', counter);
    const page = await desktop.open();
    await showSession(page, 'goes on', /count 3/);
    const pid = Number(/pid (\d+)/.exec(await textOf(terminalOf(page, 'goes on')))?.[1]);
    await desktop.act({ kind: 'quit' });
    await expectDesktop(desktop, ({ dialogs }) => dialogs.length).toBe(1);
    const ended = desktop.ended();
    process.kill(desktop.pid, signal);
    await ended;
    expect(isAlive(pid)).toBe(true);

    await desktop.start();
    const again = await desktop.open();
    await expectText(terminalOf(again, 'goes on'), new RegExp(`pid ${pid}\\b`));
  });

test('a list of windows that can’t be read, and a file in the place of its directory, are put aside and told', async ({
  world,
  desktop,
}) => {
  const directory = join(world.home, 'desktop');
  await desktop.open();
  const first = desktop.ended();
  await desktop.act({ kind: 'quit' });
  await first;
  const torn = '{"version":1,"windows":[{"id":';
  writeFileSync(join(directory, 'windows.json'), torn);
  await desktop.start();
  const page = await desktop.open();
  await expect(page.getByText(/The list of windows could not be read/)).toBeVisible();
  const aside = readdirSync(directory).filter((name) => name.startsWith('windows.json.corrupt-'));
  expect(aside.map((name) => readFileSync(join(directory, name), 'utf8'))).toEqual([torn]);

  const second = desktop.ended();
  await desktop.act({ kind: 'quit' });
  await second;
  rmSync(directory, { recursive: true });
  writeFileSync(directory, 'mine');
  await desktop.start();
  const again = await desktop.open();
  await expect(again.getByRole('status', { name: 'Connection' })).toContainText('Connected');
  const moved = readdirSync(world.home).filter((name) => name.startsWith('desktop.corrupt-'));
  expect(moved.map((name) => readFileSync(join(world.home, name), 'utf8'))).toEqual(['mine']);
  expect(lstatSync(directory).isDirectory()).toBe(true);
});
