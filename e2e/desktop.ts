// What the specs of the desktop app look at, in the words of a person who looks.
import { expect, type Page } from '@playwright/test';
import type { DesktopDriver, DesktopRecord, MenuRecord } from './hosts/desktop-driver.ts';
import { expectText, sessionRow, terminalOf } from './screen.ts';
import type { World } from './world.ts';

/** Waits until what the desktop shows is so. */
export const expectDesktop = <T>(
  desktop: DesktopDriver,
  look: (record: DesktopRecord) => T,
): ReturnType<typeof expect.poll> => expect.poll(async () => look(await desktop.record()));

/** Every label of a menu and of the menus in it, without separators. */
export const labelsOf = (menu: readonly MenuRecord[]): string[] =>
  menu.flatMap(({ label, submenu }) => [label, ...(submenu === null ? [] : labelsOf(submenu))]).filter(Boolean);

/** The session's id. */
export async function spawn(world: World, name: string, command: string): Promise<string> {
  const { code, stdout, stderr } = await world.athene('spawn', '-a', 'custom', '--name', name, '--command', command);
  expect(code, stderr).toBe(0);
  return /SESSION=(\S+)/.exec(stdout)?.[1] ?? '';
}

export async function addRepository(world: World): Promise<void> {
  const added = await world.athene('project', 'add', world.repository, '--id', 'repo');
  expect([added.code, added.stderr]).toEqual([0, '']);
}

/** Says its pid once, then counts for ever. */
export const counter = 'echo pid $$; i=0; while :; do i=$((i+1)); echo count $i; sleep 0.1; done';

/** The session is opened in this window, and its terminal shows the text. */
export async function showSession(page: Page, name: string, text: string | RegExp): Promise<void> {
  await sessionRow(page, name).click();
  await expectText(terminalOf(page, name), text);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // No such process.
  }
}
