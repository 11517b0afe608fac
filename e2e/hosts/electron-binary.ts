// Whether Electron itself can be run here.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Path of Electron's program, null while it was not fetched. Never fetches it. */
export function electronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const [file] = { darwin: ['Electron.app/Contents/MacOS/Electron'], win32: ['electron.exe'] }[
    process.platform as 'darwin'
  ] ?? ['electron'];
  const path = join(folder, 'dist', file ?? '');
  return existsSync(path) ? path : null;
}
