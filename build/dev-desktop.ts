// The desktop app on the development server's page; main and preload are built anew when their sources change.
import { join } from 'node:path';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';
import { devUrlVariable } from '../src-main/electron/dev-url.ts';
import { pageOrigin, servePage } from './dev-page.ts';
import { onHostSources } from './dev-sources.ts';
import { usualFetch } from './electron-binary.ts';
import { type DesktopOutcome, openDesktop } from './open-desktop.ts';
import { root } from './prepare.mjs';

/** Until the app is quit. `electron` is the path of its program. */
export async function devDesktop(electron: string): Promise<DesktopOutcome> {
  const vite = await servePage();
  const home = process.env['ATHENE_HOME'];
  let restart = new AbortController();
  onHostSources(async () => {
    console.log('Sources of the host have changed: building and starting it anew …');
    // Sources that can't be built leave the app that runs as it is.
    await buildPrograms();
    restart.abort();
  });
  for (;;) {
    const outcome = await openDesktop({
      electron,
      app: root,
      env: { ...(home === undefined ? {} : { ATHENE_HOME: home }), [devUrlVariable]: pageOrigin(vite) },
      patience: 10_000,
      log: join(usualFetch.cache, 'desktop.log'),
      say: (line) => console.log(line),
      stop: restart.signal,
    });
    if (!restart.signal.aborted) {
      await vite.close();
      return outcome;
    }
    restart = new AbortController();
  }
}

async function buildPrograms(): Promise<void> {
  const { config } = await resolveConfig({ root, logLevel: 'warn', ignoreConfigWarning: true }, 'build', 'development');
  for (const part of [config?.main, config?.preload]) if (part !== undefined) await build(part);
}
