// How the desktop app starts, is reached and ends, and what goes on without it.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { addRepository, counter, expectDesktop, isAlive, showSession, spawn } from './desktop.ts';
import { readIfThere } from './read-if-there.ts';
import { expectText, sessionRow, terminalOf, textOf } from './screen.ts';
import { expect, test } from './test.ts';

test('a second start brings the first one forward and ends', async ({ desktop }) => {
  await desktop.open();
  await desktop.act({ kind: 'blur' });
  const { code, said } = await desktop.runAgain();
  expect([code, said]).toEqual([0, 'Athene was open already: its window is in front now.\n']);
  await expectDesktop(desktop, ({ windows }) => windows.map(({ isFocused }) => isFocused)).toEqual([true]);
});

test('a link opens its session, by the system or by a second start; any other link opens nothing', async ({
  world,
  desktop,
}) => {
  await addRepository(world);
  const one = await spawn(world, 'first one', 'echo ready; cat');
  const two = await spawn(world, 'second one', 'echo ready; cat');
  const page = await desktop.open();
  await expect(sessionRow(page, 'second one')).toBeVisible();
  const before = await page.evaluate(() => location.hash);
  for (const url of [
    `athene://session/${one}/../../x`,
    `athene://session/${one}?command=rm`,
    `athene://session/${one}#x`,
    `athene://someone@session/${one}`,
    'athene://session/nobody-1',
    'athene://session/%2e%2e%2fetc',
    'athene://spawn?command=rm%20-rf',
    'athene://app/index.html',
    'athene:session',
    'https://example.invalid/',
    `javascript:alert(1)//athene://session/${one}`,
    `athene://session/${'a'.repeat(5000)}`,
  ])
    await desktop.act({ kind: 'open-url', url });
  await desktop.runAgain('--command=x', `athene://session/${one};x`, '--inspect-brk', '/etc/passwd');
  expect(await page.evaluate(() => location.hash)).toBe(before);
  expect((await desktop.record()).windows).toHaveLength(1);
  expect((await desktop.record()).opened).toEqual([]);

  await desktop.act({ kind: 'open-url', url: `athene://session/${one}` });
  await expectText(terminalOf(page, 'first one'), 'ready');
  await desktop.act({ kind: 'blur' });
  expect((await desktop.runAgain(`athene://session/${two}`)).code).toBe(0);
  await expectText(terminalOf(page, 'second one'), 'ready');
  await expectDesktop(desktop, ({ windows }) => windows.map(({ isFocused }) => isFocused)).toEqual([true]);
});

test('quitting asks what becomes of running agents: cancel, keep, stop', async ({ world, desktop }) => {
  await addRepository(world);
  await spawn(world, 'worker', counter);
  const page = await desktop.open();
  await showSession(page, 'worker', /count 3/);
  const pid = Number(/pid (\d+)/.exec(await textOf(terminalOf(page, 'worker')))?.[1]);

  await desktop.act({ kind: 'tray', path: ['Quit'] });
  await expectDesktop(desktop, ({ dialogs }) => dialogs).toMatchObject([
    {
      message: '1 agent is running',
      buttons: ['Quit and keep them running', 'Stop all and quit', 'Cancel'],
      defaultButton: 'Quit and keep them running',
    },
  ]);
  await desktop.act({ kind: 'answer', button: 'Cancel' });
  await expectDesktop(desktop, ({ dialogs }) => dialogs).toEqual([]);
  expect((await desktop.record()).windows).toHaveLength(1);

  await desktop.act({ kind: 'menu', path: ['File', 'Quit'] });
  await expectDesktop(desktop, ({ dialogs }) => dialogs.length).toBe(1);
  const kept = desktop.ended();
  await desktop.act({ kind: 'answer', button: 'Quit and keep them running' });
  await kept;
  expect(isAlive(pid)).toBe(true);

  await desktop.start();
  const again = await desktop.open();
  await expectText(terminalOf(again, 'worker'), new RegExp(`pid ${pid}\\b`));
  await desktop.act({ kind: 'quit' });
  await expectDesktop(desktop, ({ dialogs }) => dialogs.length).toBe(1);
  const stopped = desktop.ended();
  await desktop.act({ kind: 'answer', button: 'Stop all and quit', checked: true });
  await stopped;
  expect(isAlive(pid)).toBe(false);
  expect((await world.athene('status')).stdout).toContain('killed');

  // Not asked any more.
  await spawn(world, 'next', counter);
  await desktop.start();
  const ended = desktop.ended();
  await desktop.act({ kind: 'quit' });
  await ended;
  expect((await world.athene('status')).stdout).not.toMatch(/next.*working/);
});

test('an app that is killed takes its windows with it and leaves the agents, which the next start shows', async ({
  world,
  desktop,
}) => {
  await addRepository(world);
  await spawn(world, 'left behind', counter);
  const page = await desktop.open();
  await showSession(page, 'left behind', /count 3/);
  const pid = Number(/pid (\d+)/.exec(await textOf(terminalOf(page, 'left behind')))?.[1]);
  await expect.poll(() => keptPlaces(world.home)).toEqual([expect.stringMatching(/^#\/session\//)]);
  await desktop.kill9();
  await expect.poll(() => world.processes().filter((one) => commandOf(one).includes('--remote-debugging'))).toEqual([]);
  expect(isAlive(pid)).toBe(true);

  await desktop.start();
  const again = await desktop.open();
  await expectText(terminalOf(again, 'left behind'), new RegExp(`pid ${pid}\\b`));
  await expect(sessionRow(again, 'left behind')).toHaveAccessibleName(/working/);
});

function keptPlaces(home: string): unknown {
  const text = readIfThere(`${home}/desktop/windows.json`);
  if (text === '') return null;
  const { windows } = JSON.parse(text) as { windows: { layout: { place: string } | null }[] };
  return windows.map(({ layout }) => layout?.place);
}

test('nothing of it listens on TCP', async ({ world, desktop }) => {
  test.skip(process.platform !== 'linux', 'reads /proc');
  await addRepository(world);
  await spawn(world, 'quiet', 'echo ready; cat');
  const page = await desktop.open();
  await showSession(page, 'quiet', 'ready');
  // Chromium's port is how the spec drives the stand-in: Electron has none.
  const ours = world.processes().filter((pid) => !commandOf(pid).includes('--remote-debugging'));
  const own = ours.filter((pid) => !commandOf(pid).includes('--type='));
  expect(own).toContain(desktop.pid);
  expect(own.some((pid) => commandOf(pid).includes('pty-host'))).toBe(true);
  expect(own.flatMap(listeningOf)).toEqual([]);
});

const commandOf = (pid: number): string => readIfThere(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');

/** Local addresses, as the kernel writes them, on which the process waits for connections by TCP. */
function listeningOf(pid: number): string[] {
  const inodes = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => /^socket:\[(\d+)\]$/.exec(linkOf(pid, fd))?.[1] ?? []);
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      // 0A: LISTEN.
      .filter((columns) => columns[3] === '0A' && inodes.includes(columns[9] ?? ''))
      .map((columns) => columns[1] ?? ''),
  );
}

function linkOf(pid: number, fd: string): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return ''; // Closed meanwhile.
  }
}
