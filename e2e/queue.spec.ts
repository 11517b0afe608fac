// The queue: its order, answers, what is put off, the key to the next and the way back. A person needs no mouse for any of it.
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { addRepository, spawn } from './desktop.ts';
import type { HostUnderTest } from './hosts/host.ts';
import { expectText, sessionRow, terminalOf } from './screen.ts';
import { expect, test } from './test.ts';
import type { World } from './world.ts';

// Three and four agents each, on machines that do something else as well.
test.setTimeout(180_000);

const queueRow = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('listitem', { name: new RegExp(`^${name},`) });

/** A window that was open before there were sessions shows something else. */
async function openQueue(host: HostUnderTest): Promise<Page> {
  const page = await host.open();
  // A window that has only just opened may still be putting its first screen together.
  await expect(async () => {
    await page.getByRole('button', { name: /^Queue, / }).click();
    await expect(page.getByRole('heading', { name: 'Queue', exact: true })).toBeVisible({ timeout: 2000 });
  }).toPass();
  return page;
}

/** The names in the queue, from the top. */
const order = (page: Page): Promise<string[]> =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .evaluateAll((rows) => rows.map((row) => (row.getAttribute('aria-label') ?? '').split(',')[0] ?? ''));

const asking = (world: World, name: string, question: string): Promise<string> =>
  spawn(world, name, world.fakeAgent('asks', '--question', question));

/** Asks once, and then is at work for good: an agent that falls silent comes back into the queue as finished. */
const asksForText = `sh -c 'printf "What is its name? "; read -r name; echo "heard $name"; while sleep 1; do echo "on $name"; done'`;

const outputOf = async (world: World, id: string): Promise<string> =>
  (await world.athene('session', 'output', id)).stdout;

/** Answers of a question are taken from a moment after it came up; a person who reads it is slower than that. */
async function answer(page: Page, row: Locator, number: string): Promise<void> {
  await row.focus();
  await expect(async () => {
    await page.keyboard.press(number);
    await expect(row.getByRole('status')).toContainText(/^(Sending|Sent): /, { timeout: 500 });
  }).toPass();
}

test('who costs time comes first, and a number answers the row with the keyboard', async ({ world, host }) => {
  await addRepository(world);
  await spawn(world, 'finisher', world.fakeAgent('exits', '--code', '0'));
  await spawn(world, 'breaker', world.fakeAgent('exits', '--code', '3'));
  const first = await asking(world, 'first', 'Do you want to go on?');
  const page = await openQueue(host);
  await expect(queueRow(page, 'first')).toBeVisible();
  await asking(world, 'second', 'Do you want to stop?');
  await expect.poll(() => order(page)).toEqual(['first', 'second', 'breaker', 'finisher']);
  await expect(page.getByRole('button', { name: /^2 sessions wait for you/ })).toBeVisible();

  const row = queueRow(page, 'first');
  await expect(row.getByText('Do you want to go on?')).toBeVisible();
  await row.focus();
  await expect(page.getByRole('region', { name: 'Preview of first' })).toContainText('Do you want to go on?');
  await answer(page, row, '1');
  await expect(queueRow(page, 'second')).toBeFocused();
  await expect.poll(() => order(page)).toEqual(['second', 'breaker', 'finisher', 'first']);
  await expect.poll(() => outputOf(world, first)).toMatch(/got .* then enter/);
});

test('the demo agent is answered from the queue, and goes on', async ({ world, host }) => {
  await world.athene('demo');
  const page = await openQueue(host);
  const row = queueRow(page, 'Find the slow function and make it faster');
  await answer(page, row, '1');
  await row.focus();
  const preview = page.getByRole('region', { name: /^Preview of Find the slow function/ });
  await expect(preview).toContainText(/└ [0-9a-f]{7} /);
});

test('an answer that comes too late sends nothing and says so', async ({ world, host }) => {
  test.skip(host.name !== 'browser', 'Only what goes over a socket can be held up.');
  await addRepository(world);
  const id = await asking(world, 'asker', 'Do you want to go on?');
  const page = await openQueue(host);
  const held: (string | Buffer)[] = [];
  let holding = false;
  let release = (): void => undefined;
  await page.routeWebSocket(/.*/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => (holding ? void held.push(message) : socket.send(message)));
    release = () => {
      holding = false;
      for (const message of held.splice(0)) socket.send(message);
    };
  });
  await page.reload();
  const row = queueRow(page, 'asker');
  await expect(row.getByText('Do you want to go on?')).toBeVisible();
  await row.focus();
  holding = true;
  // Somebody answers elsewhere, and this page does not hear of it yet.
  expect((await world.athene('answer', id, '1')).code).toBe(0);
  await expect.poll(() => outputOf(world, id)).toMatch(/got .* then enter/);
  await expect(async () => {
    await page.keyboard.press('2');
    await expect(row.getByRole('status')).toContainText('Sending', { timeout: 500 });
  }).toPass();
  release();
  await expect(row.getByRole('alert')).toContainText('Nothing was sent');
  expect(await outputOf(world, id)).toMatch(/^(?![^]*then enter[^]*then enter)/);
});

test('an answer that is taken back leaves the keyboard, and what was typed, where they were', async ({
  world,
  host,
}) => {
  await addRepository(world);
  const id = await spawn(world, 'writer', asksForText);
  const other = await asking(world, 'other', 'Do you want to go on?');
  const page = await openQueue(host);
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('radio', { name: '10 s' }).click();
  await page.getByRole('button', { name: /^Queue, / }).click();
  const row = queueRow(page, 'writer');
  await row.focus();
  await page.keyboard.press('r');
  await page.keyboard.type('fast-parser');
  const field = row.getByRole('textbox', { name: 'Reply' });
  await expect(async () => {
    if (await field.isVisible()) await field.press('Enter', { timeout: 1000 });
    await expect(row.getByRole('status')).toContainText('Sending in', { timeout: 1000 });
  }).toPass();
  await row.focus();
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('fast-parser');
  await expect(row).toBeFocused();
  expect(await outputOf(world, id)).not.toContain('fast-parser');
  expect(await outputOf(world, other)).not.toContain('got');
});

test('who types an answer is not disturbed when its question goes: no key is for another session', async ({
  world,
  host,
}) => {
  await addRepository(world);
  const id = await spawn(world, 'writer', asksForText);
  const other = await asking(world, 'other', 'Do you want to go on?');
  const page = await openQueue(host);
  await expect(page.getByRole('button', { name: /^2 sessions wait for you/ })).toBeVisible();
  const row = queueRow(page, 'writer');
  await row.focus();
  await page.keyboard.press('r');
  const field = row.getByRole('textbox', { name: 'Reply' });
  await expect(field).toBeFocused();
  await page.keyboard.type('use ');
  expect((await world.athene('answer', id, 'another')).code).toBe(0);
  await expect(sessionRow(page, 'writer')).not.toHaveAccessibleName(/Asks/);
  await page.keyboard.type('1');
  await expect(field).toHaveValue('use 1');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('alert')).toContainText('Nothing was sent');
  expect(await outputOf(world, other)).not.toContain('got');
  await sessionRow(page, 'writer').click();
  await expect(page.getByRole('textbox', { name: 'Message writer' })).toHaveValue('use 1');
});

/** Presses the key at the first moment at which the row of that name has the keyboard, and says so on the page. */
const pressOnceFocused = (page: Page, name: string, key: string): Promise<void> =>
  page.getByRole('main').evaluate(
    (main, wanted) => {
      main.addEventListener('focusin', function press({ target }) {
        if (!(target instanceof Element) || target.ariaLabel?.startsWith(`${wanted.name},`) !== true) return;
        main.removeEventListener('focusin', press);
        setTimeout(() => {
          target.dispatchEvent(new KeyboardEvent('keydown', { key: wanted.key, bubbles: true }));
          main.setAttribute('data-pressed', wanted.key);
        });
      });
    },
    { name, key },
  );

test('a key that was on its way answers nobody else, when its session goes and the next has the keyboard', async ({
  world,
  host,
}) => {
  await addRepository(world);
  const id = await spawn(world, 'writer', asksForText);
  await asking(world, 'other', 'Do you want to stop?');
  const page = await openQueue(host);
  await expect(page.getByRole('button', { name: /^2 sessions wait for you/ })).toBeVisible();
  const row = queueRow(page, 'other');
  await queueRow(page, 'writer').focus();
  await pressOnceFocused(page, 'other', '1');
  await expect(queueRow(page, 'writer')).toBeFocused();
  expect((await world.athene('answer', id, 'its name')).code).toBe(0);
  await expect(row).toBeFocused();
  await expect(page.getByRole('main')).toHaveAttribute('data-pressed', '1');
  await expect(row.getByRole('status')).toHaveCount(0);
  await answer(page, row, '2');
  await expect(row.getByRole('status')).toContainText('Yes, and don');
});

test('what is snoozed is out of the queue, and counted', async ({ world, host }) => {
  await addRepository(world);
  const id = await asking(world, 'asker', 'Do you want to go on?');
  const page = await openQueue(host);
  const row = queueRow(page, 'asker');
  await row.focus();
  await page.keyboard.press('z');
  await expect(page.getByRole('menuitem', { name: '15 minutes' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row).toHaveCount(0);
  await expect(page.getByText('1 snoozed')).toBeVisible();
  await expect(page.getByTitle('Nobody waits for you')).toBeVisible();
  const listed = await world.athene('session', 'snooze');
  expect(listed.stdout).toMatch(new RegExp(`^${id}  \\S+  until .*  asker\\n1 session is snoozed\\.\\n$`));
  await world.athene('session', 'unsnooze', id);
  await expect(row).toBeVisible();
});

/** Its picture once two in a row are the same: scrolling glides. */
async function atRest(part: Locator): Promise<Buffer> {
  let last = await part.screenshot();
  await expect
    .poll(async () => {
      const before = last;
      last = await part.screenshot();
      return last.equals(before);
    })
    .toBe(true);
  return last;
}

test('to the next that waits and back, with the terminal as it was left', async ({ world, host }) => {
  await addRepository(world);
  await spawn(world, 'shell', 'seq 1 400; cat');
  await asking(world, 'first', 'Do you want to go on?');
  await asking(world, 'second', 'Do you want to stop?');
  const page = await openQueue(host);
  // The shell joins them, last, once it has been silent for a while.
  await expect.poll(async () => (await order(page)).slice(0, 2)).toEqual(['first', 'second']);
  await sessionRow(page, 'shell').click();
  const shell = terminalOf(page, 'shell');
  await expectText(shell, '400');
  await shell.click();
  await shell.hover();
  await page.mouse.wheel(0, -2000);
  const locked = page.getByRole('button', { name: /Scroll to the bottom$/ });
  await expect(locked).toBeVisible();
  const before = await atRest(shell);

  await page.keyboard.press('Control+Shift+J');
  await expect(page.getByRole('group', { name: /^first asks/ })).toBeFocused();
  await page.keyboard.press('Control+Shift+J');
  await expect(page.getByRole('group', { name: /^second asks/ })).toBeFocused();
  await page.keyboard.press('t');
  await expect(terminalOf(page, 'second').getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Control+Shift+H');
  await expect(shell.getByRole('textbox')).toBeFocused();
  await expect(locked).toBeVisible();
  await expect.poll(async () => (await shell.screenshot()).equals(before)).toBe(true);
  await page.keyboard.type('still here\n');
  await expectText(shell, /still here[^]*still here/);
});

test('by keyboard alone: moved through, peeked at, selected, opened, written to, and back', async ({ world, host }) => {
  await addRepository(world);
  for (const name of ['one', 'two', 'three']) await asking(world, name, `Do you want ${name}?`);
  const page = await openQueue(host);
  await expect.poll(() => order(page)).toHaveLength(3);
  const [first = '', second = '', third = ''] = await order(page);
  await queueRow(page, first).focus();
  await page.keyboard.press('ArrowDown');
  await expect(queueRow(page, second)).toBeFocused();
  await expect(page.getByRole('complementary', { name: `Peek at ${second}` })).toBeVisible();
  await page.keyboard.press(' ');
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('toolbar', { name: 'Selected sessions' })).toContainText('2 selected');
  await expect(page.getByText(/^No answer for all: /)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar')).toHaveCount(0);
  await expect(queueRow(page, third)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(terminalOf(page, third).getByRole('textbox')).toBeFocused();
  await expectText(terminalOf(page, third), `Do you want ${third}?`);
  await page.keyboard.press('Control+Shift+A');
  await expect(queueRow(page, third)).toBeFocused();
});

test('a session in a window of its own is answered there', async ({ world, host }) => {
  await addRepository(world);
  const id = await asking(world, 'asker', 'Do you want to go on?');
  const page = await openQueue(host);
  await sessionRow(page, 'asker').click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Pop out' }).click();
  const own = await opened;
  await expectText(terminalOf(own, 'asker'), 'Do you want to go on?');
  await own.getByRole('button', { name: 'Answer' }).click();
  const card = own.getByRole('group', { name: /^asker asks/ });
  await expect(card).toBeFocused();
  await expect(async () => {
    await own.keyboard.press('1');
    await expect(card.getByRole('status')).toContainText(/^(Sending|Sent): Yes/, { timeout: 500 });
  }).toPass();
  await expect.poll(() => outputOf(world, id)).toMatch(/got .* then enter/);
});

test('a permission is denied with a reason, which the agent hears when it listens', async ({ world, host }) => {
  const bin = join(world.home, '..', 'bin');
  mkdirSync(bin);
  copyFileSync(join(import.meta.dirname, 'fake-agents', 'claude-code.sh'), join(bin, 'claude'));
  chmodSync(join(bin, 'claude'), 0o755);
  writeFileSync(join(world.home, '..', '.profile'), `PATH="${bin}:/usr/local/bin:/usr/bin:/bin"; export PATH\n`);
  await addRepository(world);
  const spawned = await world.athene('spawn', '-a', 'claude-code', '--name', 'asker');
  expect(spawned.stderr).toBe('');
  const id = /SESSION=(\S+)/.exec(spawned.stdout)?.[1] ?? '';
  const page = await openQueue(host);
  const row = queueRow(page, 'asker');
  await row.getByRole('button', { name: 'Deny with reason' }).click();
  await expect(row.getByRole('textbox', { name: 'Reason' })).toBeFocused();
  await page.keyboard.type('Use the other table');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('status')).toContainText('No: “Use the other table”');
  await expect.poll(() => outputOf(world, id)).toMatch(/took 2[^]*heard Use the other table/);
});
