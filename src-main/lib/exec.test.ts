import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run, startDetached } from './exec.ts';
import { probeProcess, identityOf } from './process-identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-exec-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const sh = (script: string, change: Partial<Parameters<typeof run>[0]> = {}) =>
  run({ file: '/bin/sh', args: ['-c', script], cwd: folder, env: {}, timeoutMs: 10_000, ...change });

describe('a child process', () => {
  it('tells code, signal and output', async () => {
    expect(await sh('cat; echo err >&2; exit 3', { input: 'in\0put' })).toEqual({
      ...{ kind: 'exited', code: 3, signal: null, stdout: 'in\0put', stderr: 'err\n' },
    });
    expect(await sh('kill -9 $$')).toMatchObject({ kind: 'exited', code: null, signal: 'SIGKILL' });
  });

  it('inherits nothing but what is given, and never a fault of a test', async () => {
    const told = await sh('/usr/bin/env', { env: { A: '1', ATHENE_FAULT: 'kill:1' } });
    expect(told.kind === 'exited' && told.stdout.split('\n').filter((line) => !/^(PWD|_|SHLVL)=/.test(line))).toEqual([
      'A=1',
      '',
    ]);
  });

  it.each([
    ['an absent program', { file: '/nowhere/at/all' }],
    ['an absent directory', { cwd: '/nowhere/at/all' }],
    ['a NUL in an argument', { args: ['a\0b'] }],
  ])('can not start with %s', async (_name, change) => {
    expect(await sh('', change)).toMatchObject({ kind: 'could-not-start' });
  });

  it('ends with its whole group on time-out, even when it ignores TERM', async () => {
    const outcome = await sh('trap "" TERM; sleep 60 & echo $!; wait; sleep 60', { timeoutMs: 200 });
    if (outcome.kind !== 'timed-out') throw new Error(outcome.kind);
    const grandchild = identityOf(Number(outcome.stdout));
    await expect.poll(() => (grandchild === null ? 'gone' : probeProcess(grandchild))).toBe('gone');
  });

  it('ends on cancel, and does not start when that came before', async () => {
    const control = new AbortController();
    const running = sh('echo x >&2; sleep 60', { signal: control.signal, onErrorLine: () => control.abort() });
    expect((await running).kind).toBe('cancelled');
    expect((await sh('touch started', { signal: control.signal })).kind).toBe('cancelled');
    expect(() => statSync(join(folder, 'started'))).toThrow();
  });

  it('ends when it prints without end', async () => {
    expect((await sh('yes', { maxBytes: 1000 })).kind).toBe('too-much-output');
  });

  it('keeps the end of its output alone where that is all that is wanted', async () => {
    const told = await sh('seq 1 100000; echo problem >&2', { lastBytes: 12, maxBytes: 1000 });
    expect(told).toMatchObject({ kind: 'exited', code: 0, stdout: '9999\n100000\n'.slice(-12), stderr: 'problem\n' });
  });

  it('reports progress by line, also with carriage returns', async () => {
    const lines: string[] = [];
    await sh('printf "10%%\\r20%%\\rdone\\nrest" >&2', { onErrorLine: (line) => lines.push(line) });
    expect(lines).toEqual(['10%', '20%', 'done']);
  });

  it('does not hold the caller when it leaves a daemon with its pipes', async () => {
    const outcome = await sh('sleep 60 & echo $!');
    if (outcome.kind !== 'exited') throw new Error(outcome.kind);
    process.kill(Number(outcome.stdout), 'SIGKILL');
  });
});

it('a detached process runs in a session of its own and logs to a private file', async () => {
  const logFile = join(folder, 'log');
  const script = 'ps -o pid=,sid= -p $$ 2>/dev/null || cut -d" " -f1,6 /proc/$$/stat';
  const started = await startDetached({
    file: '/bin/sh',
    args: ['-c', script],
    cwd: '/',
    env: { PATH: '/bin:/usr/bin' },
    logFile,
  });
  if (!started.ok) throw new Error(started.problem);
  const { pid } = started.value;
  await expect.poll(() => readFileSync(logFile, 'utf8').trim().split(/\s+/).map(Number)).toEqual([pid, pid]);
  expect(statSync(logFile).mode & 0o777).toBe(0o600);
  expect((await startDetached({ file: '/nowhere', args: [], cwd: '/', env: {}, logFile })).ok).toBe(false);
});
