// The screen under its own content security policy: everything that it offers works, and nothing that is slipped in runs.
import type { Page } from '@playwright/test';
import { addProject, expectText, openDialog, sessionRow, startSession, terminalOf, typeInto } from './screen.ts';
import { expect, test } from './test.ts';

/** What the browser refuses or complains of, from the first byte of the page on. */
async function complaintsOf(page: Page): Promise<() => Promise<readonly string[]>> {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  await page.exposeFunction('noteViolation', (text: string) => said.push(`violation: ${text}`));
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
      const note = (window as unknown as { noteViolation: (text: string) => Promise<void> }).noteViolation;
      void note(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
    }),
  );
  return async () => {
    // An answer from the page comes after everything that it said before.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    return said;
  };
}

test('everything on the screen works without one violation of the policy', async ({ world, host }) => {
  const page = await host.open();
  const complaints = await complaintsOf(page);
  await page.reload();
  await addProject(page, world.repository);
  await startSession(page, { agent: 'Custom command', command: 'echo ready; cat', name: 'policed' });
  await sessionRow(page, 'policed').click();
  const terminal = terminalOf(page, 'policed');
  await expectText(terminal, 'ready');
  await typeInto(page, terminal, 'typed\n');
  await expectText(terminal, 'typed');
  await page.getByRole('button', { name: 'Toggle inspector' }).click();
  await page.getByRole('button', { name: 'Larger terminal font' }).click();
  await page.getByRole('button', { name: /Why\?/ }).first().click();
  await page.keyboard.press('Escape');
  await openDialog(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Settings' }).first().click();
  for (const theme of ['Light', 'Dark']) await page.getByRole('radio', { name: theme }).click();
  await expect(page.getByLabel('fine').first()).toBeVisible();
  await sessionRow(page, 'policed').click();

  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Stop session' }).click();
  await page.getByRole('button', { name: 'Remove worktree' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(sessionRow(page, 'policed')).toHaveCount(0);
  await page.getByRole('button', { name: 'Settings' }).first().click();
  await page.getByRole('button', { name: /^Remove project/ }).click();
  expect(await complaints()).toEqual([]);
});

test('what is slipped into the page does not run, does not load and does not leave', async ({ host }) => {
  const page = await host.open();
  const complaints = await complaintsOf(page);
  const original = await page.reload();
  const body = (await original?.text()) ?? '';
  const headers = (await original?.allHeaders()) ?? {};
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  const slipped = '<body onload="window.ran = 1"><script>window.ran = 1</script><base href="https://example.invalid/">';
  await page.route(
    ({ href }) => host.address.test(href) && new URL(href).pathname === '/',
    (route) => route.fulfill({ status: 200, headers, body: body.replace('<body>', slipped) }),
  );
  await page.reload();
  await page.unrouteAll();
  // To the browser a document that came by interception is not local, so it may be kept from its host: only the page counts here.
  await expect(page.getByRole('navigation', { name: 'Projects and sessions' })).toBeVisible();
  const outcome = await page.evaluate(async () => {
    const own = window as unknown as Record<string, unknown>;
    const script = document.createElement('script');
    const refused: string[] = [];
    const attempt = async (name: string, run: () => unknown): Promise<void> => {
      try {
        await run();
      } catch {
        refused.push(name);
      }
    };
    await attempt('script text', () => (script.text = 'window.ran = "inline"'));
    script.append('window.ran = "inline"');
    document.body.append(script);
    await attempt('innerHTML', () => (document.body.innerHTML += '<img src=x onerror="window.ran = 1">'));
    await attempt('handler', () => document.body.setAttribute('onclick', 'window.ran = "handler"'));
    document.body.click();
    await attempt('fetch', () => fetch('https://example.invalid/'));
    await attempt('another port', () => fetch('http://127.0.0.1:9/'));
    const frame = document.createElement('iframe');
    frame.src = 'data:text/html,<script>parent.ran = 1</script>';
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { ran: own['ran'] ?? null, refused };
  });
  expect(outcome).toEqual({ ran: null, refused: ['script text', 'innerHTML', 'handler', 'fetch', 'another port'] });
  const violations = (await complaints()).filter((text) => text.startsWith('violation:')).join('\n');
  for (const directive of [
    'script-src-elem inline',
    'script-src-attr inline',
    'base-uri',
    'require-trusted-types-for',
    'connect-src',
    'frame-src',
  ]) {
    expect(violations).toContain(directive);
  }
});
