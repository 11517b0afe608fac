// What hostile pages and hostile texts can do to the desktop app: nothing. The same tables run against the main program's
// handlers in unit tests; here they go the whole way.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addRepository } from './desktop.ts';
import { expectText } from './screen.ts';
import { expect, test } from './test.ts';
import { xssCorpus } from './xss-corpus.ts';

test('the page has the bridge and nothing else of Node or Electron', async ({ desktop }) => {
  const page = await desktop.open();
  const seen = await page.evaluate(() => {
    const own = window as unknown as Record<string, object>;
    const bridge = own['athene'] ?? {};
    return {
      globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
      bridge: Object.entries(bridge).map(([name, value]) => `${name}: ${typeof value}`),
      isFrozen: Object.isFrozen(bridge),
    };
  });
  expect(seen).toEqual({ globals: [], bridge: ['platform: string', 'pathForFile: function'], isFrozen: true });
});

test('only the page itself gets a port: what a frame or another kind asks for stays unanswered', async ({
  desktop,
}) => {
  const page = await desktop.open();
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Connected');
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.name = 'forger';
    document.body.append(frame);
  });
  const frame = page.frame({ name: 'forger' });
  if (frame === null) throw new Error('There is no frame');
  await frame.evaluate(() => {
    const { port1, port2 } = new MessageChannel();
    Object.assign(parent, { forged: [] });
    port1.addEventListener('message', ({ data }) => (parent as unknown as { forged: unknown[] }).forged.push(data));
    port1.start();
    port1.postMessage(JSON.stringify({ kind: 'hello', major: 1, minor: 0, build: 'forged' }));
    parent.postMessage({ athene: 'port', kind: 'host' }, '*', [port2]);
  });
  const answered = await page.evaluate(async () => {
    const open = (message: unknown, ports: number): Promise<string> =>
      new Promise((resolve) => {
        const channels = Array.from({ length: ports }, () => new MessageChannel());
        for (const { port1 } of channels) {
          port1.addEventListener('message', ({ data }) => resolve(String(data)));
          port1.addEventListener('close', () => resolve('closed'));
          port1.start();
          port1.postMessage(JSON.stringify({ kind: 'hello', major: 1, minor: 0, build: 'test' }));
        }
        const given = channels.map(({ port2 }) => port2);
        window.postMessage(message, location.origin, given);
      });
    const late = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('nothing'), 300));
    const asked = [];
    for (const [message, ports] of [
      [{ athene: 'port', kind: 'files' }, 1],
      [{ athene: 'port', kind: '__proto__' }, 1],
      [{ athene: 'port' }, 1],
      ['athene', 1],
      [{ athene: 'port', kind: 'host' }, 2],
    ] as const)
      asked.push(await Promise.race([open(message, ports), late()]));
    // The true one is answered, after all those.
    return [...asked, (await open({ athene: 'port', kind: 'shell' }, 1)).includes('hello')];
  });
  expect(answered).toEqual(['nothing', 'nothing', 'nothing', 'nothing', 'nothing', true]);
  expect(await page.evaluate(() => (window as unknown as { forged: unknown[] }).forged)).toEqual([]);
});

test('60 addresses and 20 ways to open a window lead nowhere', async ({ desktop }) => {
  const page = await desktop.open();
  await expect(page.getByRole('status', { name: 'Connection' })).toContainText('Connected');
  await page.evaluate(() => Object.assign(window, { stays: true }));
  const before = page.url();
  const pages = page.context().pages().length;
  for (const address of foreignAddresses)
    await page.evaluate((to) => {
      try {
        location.href = to;
      } catch {
        // Refused by the page itself.
      }
    }, address);
  for (const address of foreignAddresses.slice(0, 20)) {
    await page.evaluate((to) => void window.open(to, '_blank'), address);
    await page.evaluate((to) => {
      const link = document.createElement('a');
      Object.assign(link, { href: to, target: '_blank', rel: 'opener' });
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
  }
  await page.evaluate(() => {
    const form = document.createElement('form');
    Object.assign(form, { action: 'https://example.invalid/', method: 'post', target: '_top' });
    document.body.append(form);
    form.submit();
  });
  await page.evaluate(() => {
    location.href = URL.createObjectURL(new Blob(['<script>1</script>'], { type: 'text/html' }));
  });
  // The page itself answers: Playwright's locators would wait for what was asked for and never comes.
  const connection = () => page.evaluate(() => document.querySelector('[aria-label="Connection"]')?.textContent);
  await expect.poll(connection).toBe('Connected');
  expect(await page.evaluate(() => (window as unknown as { stays?: true }).stays)).toBe(true);
  expect(page.url()).toBe(before);
  await expect.poll(() => page.context().pages().length).toBe(pages);
  const { windows, opened, foreignRequests } = await desktop.record();
  expect([windows.length, opened, foreignRequests]).toEqual([1, [], []]);
});

const hosts = [
  'example.invalid',
  'app.athene.invalid.example.invalid',
  'app.athene.invalid@example.invalid',
  'app.athene.invalid:444',
  'athene.invalid',
  'xapp.athene.invalid',
  'user:password@app.athene.invalid.example',
  '127.0.0.1:9',
  'localhost:9',
  '[::1]:9',
];
const foreignAddresses = [
  ...['https', 'http'].flatMap((scheme) => hosts.map((host) => `${scheme}://${host}/`)),
  ...hosts.slice(0, 6).map((host) => `//${host}/`),
  ...['file:///etc/passwd', 'file://localhost/etc/passwd', 'file:', 'file:///c:/windows/win.ini'],
  ...['about:blank', 'about:srcdoc', 'about:blank#x', 'chrome://settings', 'chrome://crash', 'chrome-extension://x/y'],
  ...[
    'devtools://devtools/bundled/inspector.html',
    'view-source:https://example.invalid',
    'chrome-error://chromewebdata',
  ],
  ...['javascript:window.ran=1', 'JAVASCRIPT:alert(1)', 'java\nscript:alert(1)', 'vbscript:x', 'livescript:x'],
  ...['data:text/html,<script>1</script>', 'data:text/plain,x', 'data:image/svg+xml,<svg/>', 'blob:null/1'],
  ...['ftp://example.invalid/', 'ws://example.invalid/', 'wss://example.invalid/', 'mailto:a@example.invalid'],
  ...['tel:1', 'ssh://example.invalid', 'vscode://file/etc/passwd', 'ms-settings:', 'smb://example.invalid/x'],
  ...['athene://session/api-1', 'athene://evil/', 'athene:app', 'intent://x', 'filesystem:https://example.invalid/x'],
];

test('300 texts meant to run or to lead astray are shown as what they are', async ({ world, desktop }) => {
  expect([foreignAddresses.length >= 60, xssCorpus.length]).toEqual([true, 300]);
  await addRepository(world);
  const page = await desktop.open();
  const noticed = await notice(page);
  const sessions = 6;
  const all = join(world.home, '..', 'corpus.txt');
  writeFileSync(all, xssCorpus.join('\n'));
  const share = xssCorpus.length / sessions;
  const names = Array.from({ length: sessions }, (_, index) => ({
    name: oneLine(xssCorpus[index * share + (index % share)] ?? '').slice(0, 80),
    prompt: xssCorpus.slice(index * share, (index + 1) * share).join('\n'),
    issue: oneLine(xssCorpus[index * share + 7] ?? ''),
  }));
  const spawned = await Promise.all(
    names.map(({ name, prompt, issue }) =>
      world.athene(
        ...['spawn', `x${issue}`, '--project', 'repo', '-a', 'custom', '--command', `cat '${all}'; exec cat`],
        ...['--name', name, '--prompt', prompt],
      ),
    ),
  );
  expect(spawned.map(({ code, stderr }) => [code, stderr])).toEqual(names.map(() => [0, '']));
  for (const { name, prompt } of names) {
    const row = page
      .getByRole('navigation', { name: 'Projects and sessions' })
      .locator('button')
      .filter({ hasText: name });
    await row.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(oneLine(prompt), {
      ignoreCase: false,
    });
    await expect(page).toHaveTitle(`${name} – Athene`);
  }
  await expectText(page.getByRole('region', { name: /^Terminal, / }), xssCorpus.at(-1)?.slice(0, 20) ?? '');
  const { foreignRequests, opened } = await desktop.record();
  expect([await noticed(), foreignRequests, opened]).toEqual([[], [], []]);
  expect(await foreignThings(page)).toEqual([]);
});

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Whatever the page refused, asked or ran. */
async function notice(page: Page): Promise<() => Promise<readonly string[]>> {
  const noticed: string[] = [];
  page.on('dialog', (dialog) => {
    noticed.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', ({ message }) => noticed.push(`error: ${message}`));
  await page.evaluate(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  return async () => {
    const own = await page.evaluate(() => {
      const { ran, violations } = window as unknown as { ran?: unknown; violations: string[] };
      return [...violations, ...(ran === undefined ? [] : ['ran'])];
    });
    return [...noticed, ...own];
  };
}

const foreignThings = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('a[href], [src], iframe, object, embed, base, form[action], meta[http-equiv]')]
      .filter((element) => {
        const address = element.getAttribute('href') ?? element.getAttribute('src');
        return address === null || !new URL(address, location.href).href.startsWith(`${location.origin}/`);
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  );
