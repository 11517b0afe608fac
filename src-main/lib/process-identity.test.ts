import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { identityOf, ownIdentity, probeProcess, signalProcess } from './process-identity.ts';

const own = ownIdentity();

describe('a process', () => {
  it('is alive while it runs and gone after, and a signal reaches it only then', async () => {
    const child = spawn('/bin/sleep', ['60'], { stdio: 'ignore', detached: true });
    await once(child, 'spawn');
    const identity = identityOf(child.pid ?? 0);
    if (identity === null) throw new Error('no identity');
    expect([probeProcess(identity), signalProcess(identity, 'SIGKILL', 'group')]).toEqual(['alive', 'sent']);
    await once(child, 'exit');
    expect([probeProcess(identity), signalProcess(identity, 'SIGKILL'), identityOf(identity.pid)]).toEqual([
      'gone',
      'gone',
      null,
    ]);
  });

  const [boot = '', namespace = ''] = own.bootId.split('@');
  it.each([
    ['itself', own, 'alive'],
    ['another start: the pid was given away', { ...own, startTime: '1' }, 'gone'],
    ['another boot', { ...own, bootId: `other@${namespace}` }, 'gone'],
    ['another PID namespace', { ...own, bootId: `${boot}@1` }, 'unknown'],
    ['no boot', { ...own, bootId: '' }, 'unknown'],
    ['no start', { ...own, startTime: '' }, 'unknown'],
    ['a pid that is none', { ...own, pid: -1 }, 'unknown'],
    ['pid 0', { ...own, pid: 0 }, 'unknown'],
    ['not a number', { ...own, pid: Number.NaN }, 'unknown'],
    ['a pid beyond all', { ...own, pid: 2 ** 30 }, 'gone'],
  ] as const)('with %s', (_name, identity, expected) => {
    expect(probeProcess(identity)).toBe(expected);
  });

  it('that is a zombie is gone', async () => {
    // The shell leaves its first child unreaped while `exec` has replaced it by a program that never waits.
    const parent = spawn('/bin/sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [told] = (await once(parent.stdout, 'data')) as [Buffer];
    const identity = identityOf(Number(told.toString()));
    if (identity === null) throw new Error('no identity');
    await expect.poll(() => probeProcess(identity)).toBe('gone');
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  });
});
