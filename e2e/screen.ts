// What a person does on the screen, in the words of the screen.
import { expect, type Locator, type Page } from '@playwright/test';

export interface NewSession {
  readonly prompt?: string;
  /** As the dialog names it: `Custom command`. */
  readonly agent: string;
  readonly command?: string;
  readonly name?: string;
}

export async function addProject(page: Page, path: string): Promise<void> {
  await page.getByLabel('Path of the repository').fill(path);
  await page.getByRole('button', { name: 'Add project' }).click();
}

export const openDialog = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'New session' }).first().click();

/** Fills the dialog, which is open or opening, and presses Start; it goes away. */
export async function startSession(page: Page, session: NewSession): Promise<void> {
  await askForSession(page, session);
  await expect(page.getByRole('dialog', { name: 'New session' })).toBeHidden();
}

/** The same, whatever becomes of it. */
export async function askForSession(page: Page, { prompt, agent, command, name }: NewSession): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'New session' });
  await dialog.getByLabel('What should it do?').fill(prompt ?? '');
  await dialog.getByLabel('Agent', { exact: true }).selectOption({ label: agent });
  if (command !== undefined) await dialog.getByLabel('Command', { exact: true }).fill(command);
  if (name !== undefined) await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByRole('button', { name: 'Start' }).click();
}

export const sessionRow = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Projects and sessions' }).getByRole('button', { name: new RegExp(`^${name}`) });

export const terminalOf = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: new RegExp(`^Terminal, ${name}`) });

/** Everything that the terminal holds, as text; each terminal on screen offers it. */
export const textOf = (terminal: Locator): Promise<string> =>
  terminal.evaluate((element) => (element as HTMLElement & { atheneText?: () => string }).atheneText?.() ?? '');

/** Waits until the terminal shows the text. */
export const expectText = (terminal: Locator, text: string | RegExp): Promise<void> =>
  expect.poll(() => textOf(terminal)).toMatch(text);

/** Types into the terminal as a person does: focus, then keys. */
export async function typeInto(page: Page, terminal: Locator, text: string): Promise<void> {
  await terminal.click();
  await page.keyboard.type(text);
}

/** The text once it has stayed the same for three looks. */
export async function settledText(terminal: Locator): Promise<string> {
  let looks = 0;
  let last = '';
  await expect
    .poll(async () => {
      const text = await textOf(terminal);
      looks = text === last ? looks + 1 : 0;
      last = text;
      return looks;
    })
    .toBeGreaterThan(2);
  return last;
}
