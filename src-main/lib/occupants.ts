// Who works in a directory: processes that have it, or a place below it, as their current directory.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { run } from './exec.ts';
import { faultPoint } from './fault-points.ts';
import { isBelow } from './files.ts';

export type Occupants =
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly pids: readonly number[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** `path` with its links resolved. Other users' processes, which the system does not show, are not counted. */
export async function findOccupants(path: string): Promise<Occupants> {
  try {
    faultPoint('process', 'cwd-scan');
    if (process.platform === 'linux') return found(pidsOfProc().filter((pid) => isWithin(currentDirectory(pid), path)));
    if (process.platform === 'darwin') return await askLsof(path);
    return { kind: 'none' }; // Windows itself refuses to remove a directory that somebody is in.
  } catch (error) {
    return { kind: 'unknown', why: String(error) };
  }
}

/** Processes that carry the line in their environment (Linux; elsewhere nobody can look, and the list is empty). */
export function findMarked(line: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  return pidsOfProc().filter((pid) =>
    readQuietly(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))
      .split('\0')
      .includes(line),
  );
}

export interface MarkedProcess {
  readonly pid: number;
  readonly session: string;
  readonly terminal: string;
  /** Milliseconds since it began; null where nobody can tell. */
  readonly age: number | null;
}

/** Processes that were started for a terminal of this home; null where nobody can look (only on Linux can they be told apart). */
export function markedProcesses(home: string): readonly MarkedProcess[] | null {
  if (process.platform !== 'linux') return null;
  faultPoint('process', 'marker-scan');
  return pidsOfProc().flatMap((pid) => {
    const lines = readQuietly(() => readFileSync(`/proc/${pid}/environ`, 'utf8')).split('\0');
    const terminal = valueIn(lines, 'ATHENE_TERMINAL');
    if (terminal === null || valueIn(lines, 'ATHENE_HOME') !== home) return [];
    return [{ pid, session: valueIn(lines, 'ATHENE_SESSION') ?? '?', terminal, age: processAge(pid) }];
  });
}

const valueIn = (lines: readonly string[], name: string): string | null =>
  lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;

/**
 * Milliseconds since it began, by the clock that counts from the boot: setting the wall clock does not change it. Null where nobody can tell.
 * proc(5): the start time is the 20th field after the name in brackets, in hundredths of a second since the boot.
 */
export function processAge(pid: number): number | null {
  const stat = readQuietly(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  const started = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? Number.NaN);
  const up = Number.parseFloat(readQuietly(() => readFileSync('/proc/uptime', 'latin1')));
  const age = up * 1000 - started * 10;
  return Number.isFinite(age) ? age : null;
}

const found = (pids: readonly number[]): Occupants => (pids.length === 0 ? { kind: 'none' } : { kind: 'some', pids });

const pidsOfProc = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

const currentDirectory = (pid: number): string => readQuietly(() => readlinkSync(`/proc/${pid}/cwd`));

const isWithin = (directory: string, path: string): boolean =>
  directory === path || (directory !== '' && isBelow(directory, path));

/** A process that ended meanwhile, or another user's, is no answer and no error. */
function readQuietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

async function askLsof(path: string): Promise<Occupants> {
  const asked = await run({
    file: '/usr/sbin/lsof',
    args: ['-w', '-a', '-d', 'cwd', '-u', String(process.getuid?.()), '-F', 'pn'],
    cwd: '/',
    env: { LC_ALL: 'C' },
    timeoutMs: 10_000,
  });
  if (asked.kind !== 'exited' || asked.stdout === '') return { kind: 'unknown', why: 'lsof did not answer' };
  const pids: number[] = [];
  let pid = 0;
  for (const line of asked.stdout.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    else if (line.startsWith('n') && isWithin(line.slice(1), path)) pids.push(pid);
  }
  return found(pids);
}
