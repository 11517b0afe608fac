// Builds the programs and the renderer into dist/ when they are stale, with a stamp that `bin/athene` reads.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';
import { run } from './run.ts';

const sources = [
  ...['src-main', 'src-shared', 'src-renderer', 'package-lock.json', 'electron.vite.config.ts'],
  ...['build/builtins-without-facade.ts', 'build/made-at-build.ts', 'build/schemas-later.ts'],
];
const stamp = join(root, 'dist', '.stamp');

/** Brings dist/ up to date; returns the bundler's exit code, 0 when there was nothing to do. */
export async function build({ force = false } = {}): Promise<number> {
  if (!force && !isStale()) return 0;
  // The stamp carries the time before the build: a source that changes meanwhile is newer.
  const began = new Date();
  rmSync(stamp, { force: true });
  console.log('Building …');
  const code = await run('electron-vite', ['build', '--logLevel', 'warn', '--ignoreConfigWarning']);
  if (code !== 0) return code;
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, began, began);
  return 0;
}

function isStale(): boolean {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return sources.some((path) => newest(join(root, path)) > built);
}

/** Latest modification in a tree, folders included: a removed file shows as a change of its folder. */
function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (import.meta.main) process.exitCode = await build({ force: process.argv.includes('--force') });
