// Finds a Chromium for the e2e run, or gets one: the machine's own first, then Playwright's, then Debian's package.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.ts';

/** `path` is null for the one that Playwright installed for itself. */
export type Browser =
  | { readonly kind: 'found'; readonly path: string | null }
  | { readonly kind: 'missing'; readonly todo: string };

export async function findBrowser(): Promise<Browser> {
  const wanted = process.env['ATHENE_BROWSER'];
  if (wanted !== undefined && !existsSync(wanted))
    return { kind: 'missing', todo: `ATHENE_BROWSER names ${wanted}, and nothing is there.` };
  return known(wanted ?? installed()) ?? known(await playwrights()) ?? (await debians()) ?? missing();
}

function known(path: string | null | undefined): Browser | undefined {
  return path === undefined ? undefined : { kind: 'found', path };
}

/** Path of an installed Chromium, Chrome or Edge. */
function installed(): string | undefined {
  return candidates().find((path) => existsSync(path));
}

function candidates(): string[] {
  const { PROGRAMFILES = 'C:\\Program Files', LOCALAPPDATA = '' } = process.env;
  if (process.platform === 'win32')
    return [
      join(PROGRAMFILES, 'Google\\Chrome\\Application\\chrome.exe'),
      join(`${PROGRAMFILES} (x86)`, 'Google\\Chrome\\Application\\chrome.exe'),
      join(LOCALAPPDATA, 'Google\\Chrome\\Application\\chrome.exe'),
      join(`${PROGRAMFILES} (x86)`, 'Microsoft\\Edge\\Application\\msedge.exe'),
    ];
  if (process.platform === 'darwin')
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ];
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** null when Playwright has, or could now download, a browser of its own. */
async function playwrights(): Promise<null | undefined> {
  const { chromium } = await import('@playwright/test');
  if (existsSync(chromium.executablePath())) return null;
  console.log("No Chromium or Chrome is installed: trying Playwright's own …");
  const code = await run('playwright', ['install', 'chromium']);
  return code === 0 && existsSync(chromium.executablePath()) ? null : undefined;
}

async function debians(): Promise<Browser | undefined> {
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!debian) return undefined;
  console.log("Playwright's browser could not be had: installing Debian's …");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if ((await run('apt-get', ['update'], { env })) !== 0) return undefined;
  if ((await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env })) !== 0) return undefined;
  return known(installed());
}

function missing(): Browser {
  return {
    kind: 'missing',
    todo: 'The e2e tests need a browser: install Chromium or Chrome, or set ATHENE_BROWSER to the path of one, and run `npm test -- e2e`.',
  };
}
