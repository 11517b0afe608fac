// The door to child processes: never a shell, always an explicit environment, always an end.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { faultPoint } from './fault-points.ts';
import { openForAppend } from './files.ts';

export interface RunSpec {
  /** Absolute path of the program. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds until its group is ended. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Written to its standard input, which is empty otherwise. */
  readonly input?: string | Uint8Array | undefined;
  /** Largest output in bytes, per stream; 16 MB when not given. */
  readonly maxBytes?: number | undefined;
  /** Of its standard output only so many of the last bytes are kept, however many there are. */
  readonly lastBytes?: number | undefined;
  /** Each line of its standard error as it comes; carriage returns end lines too. */
  readonly onErrorLine?: ((line: string) => void) | undefined;
}

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

export type RunOutcome =
  | (Printed & { readonly kind: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null })
  | { readonly kind: 'could-not-start'; readonly why: string }
  | (Printed & { readonly kind: 'timed-out' | 'cancelled' | 'too-much-output' });

/** Milliseconds between the request to end and the end by force: git removes its lock files in that time. */
const grace = 2000;
/** Milliseconds that output may still come after the exit; a daemon that it left behind keeps the pipe open for ever. */
const drain = 300;

/** Never rejects. On time-out, cancel or too much output the whole process group is ended before it resolves. */
export async function run(spec: RunSpec): Promise<RunOutcome> {
  if (spec.signal?.aborted === true) return { kind: 'cancelled', stdout: '', stderr: '' };
  let child: ChildProcess;
  try {
    faultPoint('process', basename(spec.file));
    child = spawn(spec.file, spec.args, {
      cwd: spec.cwd,
      env: withoutFault(spec.env),
      detached: process.platform !== 'win32',
      stdio: [spec.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
  } catch (error) {
    return { kind: 'could-not-start', why: String(error) };
  }
  return follow(child, spec);
}

type Interruption = 'timed-out' | 'cancelled' | 'too-much-output';

async function follow(child: ChildProcess, spec: RunSpec): Promise<RunOutcome> {
  const interrupted = Promise.withResolvers<Interruption>();
  const tooMuch = (): void => interrupted.resolve('too-much-output');
  const [stdout, stderr] = [
    spec.lastBytes === undefined
      ? collect(child.stdout, spec.maxBytes, tooMuch)
      : collectEnd(child.stdout, spec.lastBytes),
    collect(child.stderr, spec.maxBytes, tooMuch),
  ];
  if (spec.onErrorLine !== undefined) reportLines(child.stderr, spec.onErrorLine);
  child.stdin?.on('error', () => {}); // The program need not read it; its exit tells the rest.
  child.stdin?.end(spec.input);
  const timer = setTimeout(() => interrupted.resolve('timed-out'), spec.timeoutMs);
  const cancel = (): void => interrupted.resolve('cancelled');
  spec.signal?.addEventListener('abort', cancel, { once: true });
  const ended = whenEnded(child);
  const first = await Promise.race([ended, interrupted.promise]);
  clearTimeout(timer);
  spec.signal?.removeEventListener('abort', cancel);
  if (typeof first === 'string') await endGroup(child, ended);
  const printed = { stdout: stdout(), stderr: stderr() };
  child.stdout?.destroy();
  child.stderr?.destroy();
  return typeof first === 'string'
    ? { kind: first, ...printed }
    : first.kind === 'exited'
      ? { ...first, ...printed }
      : first;
}

type Ending =
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'could-not-start'; readonly why: string };

function whenEnded(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ kind: 'could-not-start', why: error.message }));
    child.once('close', (code, signal) => resolve({ kind: 'exited', code, signal }));
    child.once('exit', (code, signal) => {
      setTimeout(() => resolve({ kind: 'exited', code, signal }), drain).unref();
    });
  });
}

async function endGroup(child: ChildProcess, ended: Promise<Ending>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const late = sleep(grace, 'late' as const, { ref: false });
  if ((await Promise.race([ended, late])) === 'late' || process.platform !== 'win32') signalGroup(child, 'SIGKILL');
  await ended;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: the group has ended by itself, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function collect(stream: ChildProcess['stdout'], maxBytes = 16 * 1024 * 1024, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function collectEnd(stream: ChildProcess['stdout'], lastBytes: number): () => string {
  let end = Buffer.alloc(0);
  stream?.on('data', (chunk: Buffer) => {
    end = Buffer.concat([end, chunk]).subarray(-lastBytes);
  });
  return () => end.toString('utf8');
}

function reportLines(stream: ChildProcess['stderr'], onLine: (line: string) => void): void {
  let rest = '';
  stream?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split(/[\r\n]+/);
    rest = (lines.pop() ?? '').slice(-4096);
    for (const line of lines) if (line.trim() !== '') onLine(line.trim());
  });
}

export interface DetachedSpec {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Gets what it prints; created 0600. */
  readonly logFile: string;
}

/** Starts a process of its own session that outlives this one. The failure is the reason in words. */
export function startDetached(spec: DetachedSpec): Promise<Result<{ readonly pid: number }, string>> {
  return new Promise((resolve) => {
    let log: number | undefined;
    try {
      faultPoint('process', `${basename(spec.file)} detached`);
      log = openForAppend(spec.logFile);
      const child = spawn(spec.file, spec.args, {
        cwd: spec.cwd,
        env: withoutFault(spec.env),
        detached: true,
        stdio: ['ignore', log, log],
        windowsHide: true,
      });
      child.once('error', (error) => resolve(fail(error.message)));
      child.once('spawn', () => resolve(ok({ pid: child.pid ?? 0 })));
      child.unref();
    } catch (error) {
      resolve(fail(String(error)));
    } finally {
      if (log !== undefined) closeSync(log);
    }
  });
}

/** A test's fault is meant for this process alone. */
function withoutFault(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ATHENE_FAULT: _ours, ...rest } = env;
  return rest;
}
