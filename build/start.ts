// Builds what is stale, then opens Athene: its own window where one can be had, else the browser. Agents go on after either.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.ts';
import { desktopObstacle } from './desktop-obstacle.ts';
import { fetchElectron, usualFetch } from './electron-binary.ts';
import { openDesktop } from './open-desktop.ts';
import { endWith, root } from './prepare.mjs';
import { reportProgress } from './progress.ts';
import { cleanEnvironment } from './run.ts';

const usage = `npm start                            builds, and opens Athene in its own window, or says why not and uses the browser
npm start -- --desktop               also tries again to fetch Electron's program
npm start -- --server [--port N] [--json]   serves it to the browser; nothing is fetched`;

const asked = process.argv.slice(2);
if (asked.includes('--help') || asked.includes('-h')) {
  console.log(usage);
  process.exit(0);
}
const code = await build();
if (code !== 0) {
  console.error('The build failed: what is wrong stands above. Nothing was started.');
  process.exit(code);
}
// Of an Athene session only the home is taken over: whoever sets it means it.
const home: Record<string, string> =
  process.env['ATHENE_HOME'] === undefined ? {} : { ATHENE_HOME: process.env['ATHENE_HOME'] };
const serverOptions = asked.filter((option) => !['--desktop', '--server'].includes(option));
// `--port` and `--json` are the server's: whoever gives them means it.
if (asked.includes('--server') || serverOptions.length > 0) serve(serverOptions);
else {
  const why = await desktop();
  console.log(`Athene opens in the browser instead of its own window: ${why}.`);
  serve([]);
}

/** Does not return when a window showed. What it returns is why none did. */
async function desktop(): Promise<string> {
  const obstacle = desktopObstacle({ platform: process.platform, env: process.env, uid: process.getuid?.() });
  if (obstacle !== null) return obstacle;
  const progress = reportProgress();
  const electron = await fetchElectron({
    ...usualFetch,
    again: asked.includes('--desktop'),
    env: process.env,
    report: progress.report,
  });
  progress.end();
  if (electron.kind === 'missing') return electron.why;
  const outcome = await openDesktop({
    electron: electron.path,
    app: root,
    env: home,
    patience: 10_000,
    log: join(usualFetch.cache, 'desktop.log'),
    say: (line) => console.log(line),
  });
  if (outcome.kind === 'ended') process.exit(outcome.code);
  return outcome.why;
}

function serve(options: readonly string[]): void {
  const windows = process.platform === 'win32';
  const command = join(root, 'bin', windows ? 'athene.cmd' : 'athene');
  endWith(
    spawn(windows ? `"${command}"` : command, ['serve', '--open', ...options], {
      stdio: 'inherit',
      shell: windows,
      env: cleanEnvironment(home),
    }),
  );
}
