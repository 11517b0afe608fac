// The page with hot reload, in its own window or in the browser, over a host that starts anew when its sources change.
import { build } from './build.ts';
import { desktopObstacle } from './desktop-obstacle.ts';
import { devDesktop } from './dev-desktop.ts';
import { devServer } from './dev-server.ts';
import { fetchElectron, usualFetch } from './electron-binary.ts';
import { reportProgress } from './progress.ts';

// Both want everything built once: the app its preload, the server its own screen, also where nobody looks at that one.
if ((await build()) !== 0) process.exit(1);
if (process.argv.includes('--server')) await devServer();
else {
  const why = await desktop();
  console.log(`Athene opens in the browser instead of its own window: ${why}.`);
  await devServer();
}

/** Does not return when a window showed. What it returns is why none did. */
async function desktop(): Promise<string> {
  const obstacle = desktopObstacle({ platform: process.platform, env: process.env, uid: process.getuid?.() });
  if (obstacle !== null) return obstacle;
  const { report, end } = reportProgress();
  const again = process.argv.includes('--desktop');
  const electron = await fetchElectron({ ...usualFetch, again, env: process.env, report });
  end();
  if (electron.kind === 'missing') return electron.why;
  const outcome = await devDesktop(electron.path);
  if (outcome.kind === 'ended') process.exit(outcome.code);
  return outcome.why;
}
