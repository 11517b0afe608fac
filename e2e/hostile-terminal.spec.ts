// What an attacker would have an agent print, through the real pipeline: pty host, server, emulator on the screen.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readIfThere } from './read-if-there.ts';
import { expectText, sessionRow, settledText, terminalOf } from './screen.ts';
import { expect, test } from './test.ts';

/** The only bytes that a program may get for its queries, whatever they hold: DA, DSR, CPR, DECRPM, XTVERSION, Kitty, colours, DECRQSS. */
const reply =
  // oxlint-disable-next-line no-control-regex -- replies begin with ESC
  /\u001b(?:\[[?>=]?[\d;]*(?:\$y|[cnRu])|P>\|[\w.() -]{1,40}\u001b\\|\](?:4;1|1[0-9]);rgb:[\da-f/]+\u001b\\|P[01]\$r[\d;]*(?:m|"p)?\u001b\\)/g;

interface Spied {
  readonly spied: string[];
}

/** Before anything of the page runs: what would reach the clipboard, another window or a dialog is noted instead. */
const spy = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const spied: string[] = [];
    Object.assign(window, { spied, open: (address: string) => void spied.push(`open ${address}`) });
    const { clipboard } = navigator;
    const note = (name: string) => (text?: unknown) => {
      spied.push(`${name} ${String(text)}`);
      return Promise.resolve('');
    };
    for (const name of ['writeText', 'write', 'readText', 'read']) Object.assign(clipboard, { [name]: note(name) });
    document.addEventListener('copy', () => spied.push('copy'));
  });

test('hostile output reaches neither clipboard nor address nor the agent, and the screen goes on', async ({
  world,
  host,
}) => {
  const log = join(world.home, '..', 'typed');
  const typed = () => readIfThere(log);
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const page = await host.open();
  await spy(page);
  await page.reload();
  await world.athene(
    'spawn',
    '-a',
    'custom',
    '--name',
    'hostile',
    '--command',
    world.fakeAgent('hostile', '--log', log),
  );
  await sessionRow(page, 'hostile').click();
  const terminal = terminalOf(page, 'hostile');
  // The page answers while the worst comes in.
  for (let turn = 0; turn < 4; turn += 1)
    await page.getByRole('button', { name: 'Toggle inspector' }).click({ timeout: 15_000 });
  await expectText(terminal, 'still here');
  expect(typed().replaceAll(reply, '')).toBe('');
  expect(typed()).not.toContain('STOLEN');

  await settledText(terminal);
  const before = typed();
  for (let turn = 0; turn < 2; turn += 1) {
    await page.reload();
    await sessionRow(page, 'hostile').click();
    await expectText(terminal, 'still here');
    expect(await settledText(terminal)).toMatch(/^(Press here for \w+\n){5}still here$/);
  }
  expect(typed()).toBe(before);

  const box = await terminal.boundingBox();
  for (let row = 0; row < 5; row += 1) await page.mouse.click((box?.x ?? 0) + 60, (box?.y ?? 0) + 12 + row * 16);
  await page.keyboard.down('Control');
  for (let row = 0; row < 5; row += 1) await page.mouse.click((box?.x ?? 0) + 60, (box?.y ?? 0) + 12 + row * 16);
  await page.keyboard.up('Control');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await page.evaluate(() => (window as unknown as Spied).spied)).toEqual([]);
  expect(await host.pages()).toHaveLength(1);
  expect(page.url()).toMatch(host.address);
  // A notice is told as what it is: quoted, by whom, and inferred. Titles of the terminal are not shown at all.
  const shown = (await page.locator('html').textContent()) ?? '';
  expect(shown.replaceAll('It sent a notice: "SPOOF" (inferred)', '')).not.toContain('SPOOF');
});

test('a paste that holds the end of a paste stays one paste', async ({ world, host }) => {
  const log = join(world.home, '..', 'typed');
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  const agent = world.fakeAgent('hostile', '--log', log, '--megabytes', '0');
  await world.athene('spawn', '-a', 'custom', '--name', 'pasted', '--command', agent);
  const page = await host.open();
  await sessionRow(page, 'pasted').click();
  const terminal = terminalOf(page, 'pasted');
  await expectText(terminal, 'still here');
  await terminal.click();
  const already = readIfThere(log);
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'one\u001b[20\u001b[201~1~\u009b201~two\nthree');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await expect.poll(() => readIfThere(log).slice(already.length)).toBe('\u001b[200~onetwo\rthree\u001b[201~');
});
