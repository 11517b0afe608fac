// Electron's program, which no package carries: found where its installer puts it, or fetched, with an end to the patience.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

export type Electron =
  | { readonly kind: 'there'; readonly path: string }
  | { readonly kind: 'missing'; readonly why: string };

export interface ElectronPlaces {
  /** The package `electron`. */
  readonly folder: string;
  /** Where downloads lie meanwhile, and what is remembered of a failed one. */
  readonly cache: string;
}

export interface FetchOptions extends ElectronPlaces {
  /** Also when it failed not long ago. */
  readonly again: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds without a byte more until giving up. */
  readonly stall: number;
  /** Milliseconds altogether. */
  readonly limit: number;
  /** A line that replaces the one before where that can be done. */
  readonly report: (line: string) => void;
}

const places: ElectronPlaces = {
  folder: join(root, 'node_modules', 'electron'),
  cache: join(root, 'node_modules', '.cache', 'athene'),
};

/** Slow lines fetch 110 MB in a quarter of an hour; a line on which nothing comes for half a minute is none. */
export const usualFetch = { ...places, stall: 30_000, limit: 15 * 60_000 };

/** `ATHENE_ELECTRON` names another program, of this version: distributions build their own. */
export function findElectron(env: NodeJS.ProcessEnv, { folder }: ElectronPlaces = places): Electron {
  const named = env['ATHENE_ELECTRON'];
  if (named !== undefined)
    return existsSync(named)
      ? { kind: 'there', path: named }
      : { kind: 'missing', why: `ATHENE_ELECTRON names ${named}, and nothing is there` };
  // What its own installer looks at: path.txt is written when all is unpacked.
  const path = join(folder, 'dist', textIn(join(folder, 'path.txt')) || 'none');
  const version = textIn(join(folder, 'dist', 'version')).replace(/^v/, '');
  const whole = version === versionOf(folder) && existsSync(path);
  return whole ? { kind: 'there', path } : { kind: 'missing', why: "Electron's program has not been fetched yet" };
}

/** Runs Electron's own installer, which checks what it fetched against the checksums of its package. */
export async function fetchElectron(options: FetchOptions): Promise<Electron> {
  const { folder, cache, again, report } = options;
  const found = findElectron(options.env, options);
  if (found.kind === 'there' || options.env['ATHENE_ELECTRON'] !== undefined) return found;
  const failed = join(cache, 'electron-not-fetched');
  if (!again && isRecent(failed))
    return {
      kind: 'missing',
      why: `${textIn(failed)} not long ago (npm start -- --desktop tries again)`,
    };
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, 'fetch-'));
  const what = `Fetching Electron ${versionOf(folder)} (110 MB, once)`;
  report(`${what} …`);
  try {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      env: fetchEnvironment(options.env, temporary),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const why = await outcomeOf(child, options, () => {
      const bytes = sizeOf(temporary);
      if (bytes > 0) report(`${what}: ${Math.round(bytes / 1e6)} MB`);
      return bytes + sizeOf(join(folder, 'dist'));
    });
    const now = findElectron(options.env, options);
    if (now.kind === 'there') {
      rmSync(failed, { force: true });
      return now;
    }
    writeFileSync(failed, why);
    return { kind: 'missing', why: `${why} (npm start -- --desktop tries again)` };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Why there is nothing, should there be nothing. */
async function outcomeOf(child: ChildProcess, { stall, limit }: FetchOptions, look: () => number): Promise<string> {
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')).slice(-8192));
  const began = performance.now();
  let grown = { bytes: 0, at: began };
  let late: string | undefined;
  const watch = setInterval(
    () => {
      const now = performance.now();
      const bytes = look();
      if (bytes > grown.bytes) grown = { bytes, at: now };
      if (now - grown.at > stall) late = `Electron's download came to a standstill`;
      if (now - began > limit) late = `Electron's download took too long`;
      if (late !== undefined) child.kill('SIGKILL');
    },
    Math.min(1000, stall / 4),
  );
  try {
    await once(child, 'exit');
  } catch (error) {
    return `Electron's installer could not be started: ${String(error)}`;
  } finally {
    clearInterval(watch);
  }
  return late ?? reasonIn(printed);
}

/** The installer prints a stack; its first line tells. */
function reasonIn(printed: string): string {
  const first = printed.split('\n').find((line) => line.trim() !== '') ?? 'its installer said nothing';
  if (/fetch failed|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT/.test(first))
    return "the server with Electron's program could not be reached";
  return `Electron's program could not be fetched: ${first.replace(/^\w*Error: /, '').slice(0, 200)}`;
}

/** The person's proxy counts, which Node's fetch does not know by itself; TMPDIR is where the bytes are counted. */
function fetchEnvironment(env: NodeJS.ProcessEnv, temporary: string): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _mode, NODE_OPTIONS: _options, ...rest } = env;
  return { ...rest, NODE_USE_ENV_PROXY: '1', TMPDIR: temporary, TEMP: temporary, TMP: temporary };
}

/** A day: long enough not to wait at each start on a train, short enough to notice the network. */
const memory = 24 * 60 * 60_000;

function isRecent(stamp: string): boolean {
  const age = existsSync(stamp) ? Date.now() - statSync(stamp).mtimeMs : Infinity;
  return age >= 0 && age < memory;
}

/** For tests: as if that long ago. */
export function ageFailure(cache: string, milliseconds: number): void {
  const then = new Date(Date.now() - milliseconds);
  utimesSync(join(cache, 'electron-not-fetched'), then, then);
}

const versionOf = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;

const textIn = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Bytes below a folder; files that go meanwhile count nothing. */
function sizeOf(path: string): number {
  try {
    const stat = statSync(path);
    if (!stat.isDirectory()) return stat.size;
    return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
  } catch {
    return 0;
  }
}
