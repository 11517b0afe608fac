// Builds what is stale, then serves Athene to the browser until Ctrl+C; agents go on after that.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.ts';
import { endWith, root } from './prepare.mjs';
import { cleanEnvironment } from './run.ts';

const code = await build();
if (code !== 0) {
  console.error('The build failed: what is wrong stands above. Nothing was started.');
  process.exit(code);
}
const windows = process.platform === 'win32';
const command = join(root, 'bin', windows ? 'athene.cmd' : 'athene');
// Of an Athene session only the home is taken over: whoever sets it means it.
const home = process.env['ATHENE_HOME'];
endWith(
  spawn(windows ? `"${command}"` : command, ['serve', '--open', ...process.argv.slice(2)], {
    stdio: 'inherit',
    shell: windows,
    env: cleanEnvironment(home === undefined ? {} : { ATHENE_HOME: home }),
  }),
);
