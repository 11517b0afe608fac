// Which process exactly: a pid alone may be another's tomorrow, so it comes with its start time and the boot it belongs to.
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { faultPoint } from './fault-points.ts';

export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; equal for the same process. Empty where the system does not tell. */
  readonly startTime: string;
  /** Boot, and on Linux the PID namespace after `@`. Empty where the system does not tell. */
  readonly bootId: string;
}

/** `unknown` never ends, frees or deletes anything. */
export type ProcessState = 'alive' | 'gone' | 'unknown';

export function ownIdentity(): ProcessIdentity {
  return identityOf(process.pid) ?? { pid: process.pid, startTime: '', bootId: bootId() };
}

/** Null when no such process runs or its start time can't be read. */
export function identityOf(pid: number): ProcessIdentity | null {
  const start = startTimeOf(pid);
  return start.kind === 'known' ? { pid, startTime: start.value, bootId: bootId() } : null;
}

/** Never throws. A recycled pid, a zombie and a process of an earlier boot are gone; another user's process may be alive. */
export function probeProcess(identity: ProcessIdentity): ProcessState {
  if (!Number.isSafeInteger(identity.pid) || identity.pid <= 0) return 'unknown';
  const place = comparePlaces(identity.bootId, bootId());
  if (place !== 'same') return place === 'other-boot' ? 'gone' : 'unknown';
  faultPoint('process', 'probe');
  const existence = probePid(identity.pid);
  if (existence !== 'alive') return existence;
  const start = startTimeOf(identity.pid);
  if (start.kind === 'gone') return 'gone';
  if (start.kind === 'unknown' || identity.startTime === '') return 'unknown';
  return start.value === identity.startTime ? 'alive' : 'gone';
}

/** Somebody stopped it (Ctrl+Z), and it may go on at any time. False also when nobody can tell. */
export function isStopped(identity: ProcessIdentity): boolean {
  if (probeProcess(identity) !== 'alive') return false;
  try {
    if (process.platform === 'linux') return /\) [Tt] [^)]*$/.test(readFileSync(`/proc/${identity.pid}/stat`, 'utf8'));
    return process.platform === 'darwin' && ask('/bin/ps', ['-o', 'stat=', '-p', String(identity.pid)]).startsWith('T');
  } catch {
    return false; // It has ended between the two looks, or can't be looked at.
  }
}

/** The machine was started since: no process of then can be left. */
export const isOfEarlierBoot = (identity: ProcessIdentity): boolean =>
  comparePlaces(identity.bootId, bootId()) === 'other-boot';

export type SignalOutcome = 'sent' | 'gone' | 'unknown' | 'not-permitted';

/** Looks right before it strikes, so that a stranger with a recycled pid is not hit. `group` signals the group it leads. */
export function signalProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
  target: 'process' | 'group' = 'process',
): SignalOutcome {
  const state = probeProcess(identity);
  if (state !== 'alive') return state;
  try {
    faultPoint('process', 'kill');
    process.kill(target === 'group' ? -identity.pid : identity.pid, signal);
    return 'sent';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ESRCH') return 'gone';
    if (code === 'EPERM') return 'not-permitted';
    throw error;
  }
}

/** Opaque text that changes with every boot (and PID namespace); empty where the system does not tell. */
export function bootId(): string {
  return (knownBootId ??= readBootId());
}

// The only state here, and one that can't change while the process lives.
let knownBootId: string | undefined;

function readBootId(): string {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `${boot}@${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''}`;
    }
    if (process.platform === 'darwin') return ask('/usr/sbin/sysctl', ['-n', 'kern.boottime']).split('}')[0] ?? '';
  } catch {
    // Unreadable: the empty text says so.
  }
  return '';
}

function comparePlaces(theirs: string, ours: string): 'same' | 'other-boot' | 'unknown' {
  if (theirs === '' || ours === '') return 'unknown';
  if (theirs === ours) return 'same';
  return theirs.split('@')[0] === ours.split('@')[0] ? 'unknown' : 'other-boot';
}

function probePid(pid: number): ProcessState {
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EPERM' ? 'alive' : code === 'ESRCH' ? 'gone' : 'unknown';
  }
}

type StartTime =
  | { readonly kind: 'known'; readonly value: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' };

function startTimeOf(pid: number): StartTime {
  try {
    if (process.platform === 'linux') return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (process.platform === 'darwin') return startTimeByPs(pid);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) {
      return { kind: 'gone' };
    }
  }
  return { kind: 'unknown' };
}

/** proc(5): the name in brackets may hold anything, brackets too; state is field 3, start time (ticks since boot) field 22. */
function parseStat(stat: string): StartTime {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return { kind: 'gone' };
  const value = fields[19];
  return value === undefined || !/^\d+$/.test(value) ? { kind: 'unknown' } : { kind: 'known', value };
}

function startTimeByPs(pid: number): StartTime {
  const value = ask('/bin/ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).trim();
  if (value === '' || value.startsWith('Z')) return { kind: 'gone' };
  return { kind: 'known', value: value.replace(/^\S+\s+/, '') };
}

/** `ps` exits 1 without output when there is no such process; that is an answer. */
function ask(file: string, args: readonly string[]): string {
  faultPoint('process', file);
  try {
    return execFileSync(file, args, {
      encoding: 'utf8',
      timeout: 2000,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: 'pipe',
    });
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) return '';
    throw error;
  }
}
