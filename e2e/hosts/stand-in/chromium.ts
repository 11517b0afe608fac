// The Chromium behind the windows. It goes when this process goes, however that ends.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';

export interface Browser {
  readonly context: BrowserContext;
  /** Where a spec's own Playwright connects to. */
  readonly endpoint: string;
}

export async function openChromium(): Promise<Browser> {
  const profile = mkdtempSync(join(process.env['ATHENE_HOME'] ?? tmpdir(), '..', 'chromium-'));
  const browser = process.env['ATHENE_BROWSER'];
  const context = await chromium.launchPersistentContext(profile, {
    ...(browser === undefined ? {} : { executablePath: browser }),
    headless: true,
    viewport: null,
    // The main program hears signals itself; Chromium goes with the pipe that this process holds.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const [port = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return { context, endpoint: `http://127.0.0.1:${port}` };
}
