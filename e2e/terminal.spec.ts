import { execFileSync } from 'node:child_process';
import type { Locator } from '@playwright/test';
import { expectText, sessionRow, settledText, terminalOf, textOf, typeInto } from './screen.ts';
import { expect, test } from './test.ts';

const ofTheScreen = { tag: '@screen' };

test(
  'scrolling up holds its place while the agent prints, says how much is new, and one click follows again',
  ofTheScreen,
  async ({ world, host }) => {
    await world.athene('project', 'add', world.repository, '--id', 'repo');
    const command = world.fakeAgent('prints', '--rate', '4000');
    await world.athene('spawn', '-a', 'custom', '--name', 'talker', '--command', command);
    const page = await host.open();
    await sessionRow(page, 'talker').click();
    const terminal = terminalOf(page, 'talker');
    await expectText(terminal, /0000120/);
    await terminal.hover();
    await page.mouse.wheel(0, -600);
    const pill = page.getByRole('button', { name: /new lines?\. Scroll to the bottom/ });
    await expect(pill).toBeVisible();

    const held = await pictureOf(terminal);
    const printed = await lastNumber(terminal);
    await expect.poll(() => lastNumber(terminal)).toBeGreaterThan(printed + 50);
    expect((await pictureOf(terminal)).equals(held)).toBe(true);

    await pill.click();
    await expect(pill).toBeHidden();
    expect((await pictureOf(terminal)).equals(held)).toBe(false);
  },
);

/** The cells without the scrollbar, whose thumb shrinks, and without the pill. */
async function pictureOf(terminal: Locator): Promise<Buffer> {
  const box = await terminal.boundingBox();
  if (box === null) throw new Error('The terminal is not on screen');
  return terminal.page().screenshot({ clip: { ...box, width: box.width / 2, height: box.height - 80 } });
}

const lastNumber = async (terminal: Locator): Promise<number> =>
  Number([...(await textOf(terminal)).matchAll(/\b(\d{8})\b/g)].at(-1)?.[1] ?? 0);

test('a focused terminal gets every key that makes bytes, and the app its own chords', async ({ world, host }) => {
  await world.athene('project', 'add', world.repository, '--id', 'repo');
  await world.athene('spawn', '-a', 'custom', '--name', 'echo', '--command', world.fakeAgent('echoes'));
  const page = await host.open();
  await sessionRow(page, 'echo').click();
  const terminal = terminalOf(page, 'echo');
  await expect.poll(() => textOf(terminal)).not.toBe('');
  await typeInto(page, terminal, 'k');
  for (const key of ['Control+k', 'Control+w', 'Control+t', 'Alt+b', 'Escape', 'Tab', 'F5', 'Control+Shift+Digit2']) {
    await page.keyboard.press(key);
  }
  // ^K ^W ^T, Esc b, Esc, Tab, F5, NUL.
  for (const bytes of ['0b', '17', '14', '1b62', '1b5b31357e', '09', '00']) await expectText(terminal, bytes);
  await page.keyboard.press('Control+Shift+KeyN');
  await expect(page.getByRole('dialog', { name: 'New session' })).toBeVisible();
});

const isInstalled = (program: string): boolean => {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }) !== '';
  } catch {
    return false; // Exit 1: not found.
  }
};

/** And what shows once it has found the word. */
for (const [program, found, details] of [
  ['vim -N -u NONE', '/Athene', {}],
  ['less', /^For trying Athene/, ofTheScreen],
] as const) {
  test(`${program} is the same after a reload and after the host was killed`, details, async ({ world, host }) => {
    test.skip(!isInstalled(program.split(' ')[0] ?? ''), 'not on this machine');
    await world.athene('project', 'add', world.repository, '--id', 'repo');
    await world.athene('spawn', '-a', 'custom', '--name', 'pager', '--command', `${program} README.md`);
    let page = await host.open();
    await sessionRow(page, 'pager').click();
    let terminal = terminalOf(page, 'pager');
    await expectText(terminal, 'For trying Athene.');
    await typeInto(page, terminal, '/Athene\n');
    await expectText(terminal, found);
    const before = await settledText(terminal);

    await page.reload();
    await sessionRow(page, 'pager').click();
    await expect.poll(() => textOf(terminal)).toBe(before);
    await host.kill9();
    await host.start();
    page = await host.again(page);
    terminal = terminalOf(page, 'pager');
    await sessionRow(page, 'pager').click();
    await expect.poll(() => textOf(terminal)).toBe(before);
  });
}
