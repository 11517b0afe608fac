import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireKernelLock, isLocked, waitForKernelLock } from './kernel-lock.ts';
import { packageRoot } from './package-root.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-lock-'));
  lock = join(folder, 'x.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A second process that holds the lock until it is killed. */
async function holder(): Promise<ChildProcess> {
  const script = join(folder, 'hold.ts');
  const module = join(packageRoot(), 'src-main/lib/kernel-lock.ts');
  writeFileSync(
    script,
    `import { acquireKernelLock } from '${module}';
     const lock = acquireKernelLock(process.argv[2]);
     process.stdout.write(lock === null ? 'none' : 'held');
     setInterval(() => lock, 1000);`,
  );
  const child = spawn(process.execPath, [script, lock], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [told] = (await once(child.stdout, 'data')) as [Buffer];
  expect(told.toString()).toBe('held');
  return child;
}

describe('the kernel lock', () => {
  it('has one holder, is free after its release, and its file stays', () => {
    expect(isLocked(lock)).toBe('no');
    const held = acquireKernelLock(lock);
    expect([held !== null, isLocked(lock), acquireKernelLock(lock)]).toEqual([true, 'yes', null]);
    expect(readdirSync(folder)).toEqual(['x.lock']);
    held?.release();
    held?.release();
    expect([isLocked(lock), statSync(lock).mode & 0o777]).toEqual(['no', 0o600]);
    acquireKernelLock(lock)?.release();
  });

  it('is seen in other processes, and dropped by the kernel when its holder is killed', async () => {
    const child = await holder();
    expect([isLocked(lock), acquireKernelLock(lock)]).toEqual(['yes', null]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isLocked(lock)).toBe('no');
    acquireKernelLock(lock)?.release();
  });

  it('is not robbed from a holder that is stopped', async () => {
    const child = await holder();
    child.kill('SIGSTOP');
    expect(await waitForKernelLock(lock, { timeout: 200 })).toBe(null);
    expect(isLocked(lock)).toBe('yes');
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('comes to those who wait', async () => {
    const child = await holder();
    const waiting = waitForKernelLock(lock, { timeout: 10_000 });
    child.kill('SIGKILL');
    const held = await waiting;
    expect(held).not.toBe(null);
    held?.release();
  });

  it('survives looks of others while it is being taken', () => {
    for (let turn = 0; turn < 200; turn += 1) {
      isLocked(lock);
      const held = acquireKernelLock(lock);
      expect(held).not.toBe(null);
      held?.release();
    }
  });

  it.each([
    ['garbage', () => writeFileSync(lock, 'garbage '.repeat(1000))],
    ['a directory', () => mkdirSync(lock)],
    ['a link', () => symlinkSync(join(folder, 'elsewhere'), lock)],
    [
      'a link to a lock',
      () => (acquireKernelLock(join(folder, 'other'))?.release(), symlinkSync(join(folder, 'other'), lock)),
    ],
    ['a FIFO', () => execFileSync('mkfifo', [lock])],
  ])('throws on %s in its place, and can not tell', (_name, arrange) => {
    arrange();
    expect(() => acquireKernelLock(lock)).toThrow(/lock file/);
    expect(isLocked(lock)).toBe('unknown');
  });
});
