// Real trees: whatever becomes of a test, nothing of them is left stopped or running.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { continueTree, stoppedIn, stopTree } from './process-freeze.ts';
import { identityOf } from './process-identity.ts';
import { endTree, findTree, type TreeOptions } from './process-tree.ts';

const directory = mkdtempSync(join(tmpdir(), 'freeze-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const started: TreeOptions[] = [];
afterEach(async () => {
  for (const tree of started.splice(0)) expect(await endTree(tree)).toEqual([]);
});

const patience = { timeout: 20_000, interval: 20 };
let count = 0;

/** A script of its own session with a mark of its own, and a home in which it may leave files. */
function begin(script: string, file = 'bash'): { tree: TreeOptions; home: string; child: ChildProcess } {
  const mark = `${process.pid}-${(count += 1)}`;
  const home = mkdtempSync(join(directory, 'tree-'));
  const env = { PATH: process.env['PATH'], MARK: mark };
  const child = spawn(file, ['-c', script], { cwd: home, detached: true, stdio: 'ignore', env });
  const tree = { marker: { name: 'MARK', value: mark }, root: identityOf(child.pid!) };
  started.push(tree);
  return { tree, home, child };
}

const stateOf = (pid: number): string => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
};
const states = async (tree: TreeOptions) => new Set((await findTree(tree)).map(({ pid }) => stateOf(pid)));
const has = (home: string, name: string) => expect.poll(() => readdirSync(home), patience).toContain(name);
const sizeOf = (home: string, name: string): number => statSync(join(home, name)).size;

describe.runIf(process.platform === 'linux')('a tree', () => {
  it.each([
    ['with children', 'sleep 600 & sleep 600 & touch READY; wait'],
    ['with a daemon whose parents have ended', 'setsid bash -c "(touch READY; sleep 600; true) &" & sleep 600'],
    ['that ignores what can be ignored', 'trap "" TERM HUP TSTP; sleep 600 & touch READY; wait'],
  ])('%s stands still as a whole and goes on as a whole', async (_name, script) => {
    const { tree, home } = begin(script);
    await has(home, 'READY');
    const before = (await findTree(tree)).map(({ pid }) => pid);
    const { stopped, resisting } = await stopTree(tree);
    expect([new Set(stopped.map(({ pid }) => pid)), resisting]).toEqual([new Set(before), []]);
    expect(await states(tree)).toEqual(new Set(['T']));
    expect(await continueTree(tree, [])).toEqual([]);
    expect(await states(tree)).not.toContain('T');
  });

  it('that forks all the time stands still, with the children that were born meanwhile', async () => {
    const { tree, home } = begin('while :; do (sleep 0.01; echo x >> OUT) & (sleep 0.02; :) & sleep 0.005; done');
    await has(home, 'OUT');
    expect((await stopTree(tree)).resisting).toEqual([]);
    const size = sizeOf(home, 'OUT');
    // Nothing that could write lives unstopped: what is looked at here is a fact, not a time.
    expect(await states(tree)).toEqual(new Set(['T']));
    for (let look = 0; look < 5; look += 1) {
      await sleep(20);
      expect([sizeOf(home, 'OUT'), await states(tree)]).toEqual([size, new Set(['T'])]);
    }
    await continueTree(tree, []);
    await expect.poll(() => sizeOf(home, 'OUT'), patience).toBeGreaterThan(size);
  });

  it('is ended as fast as one that runs', async () => {
    const { tree, home, child } = begin('sleep 600 & touch READY; wait');
    await has(home, 'READY');
    await stopTree(tree);
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    expect(await endTree(tree)).toEqual([]);
    // By TERM or HUP, whichever came first: not by the KILL that comes when nothing else helped.
    expect(['SIGTERM', 'SIGHUP']).toContain(await ended);
  });

  it('goes on without those that somebody had stopped before', async () => {
    const { tree, home } = begin('sleep 600 & kill -STOP $!; echo $! > STOPPED; sleep 600 & touch READY; wait');
    await has(home, 'READY');
    await expect.poll(async () => (await stoppedIn(tree)).length, patience).toBe(1);
    const before = await stoppedIn(tree);
    await stopTree(tree);
    expect(await continueTree(tree, before)).toEqual([]);
    expect(await stoppedIn(tree)).toEqual(before);
    expect(String(before[0]?.pid)).toBe(readFileSync(join(home, 'STOPPED'), 'utf8').trim());
  });

  it('a shell with job control does not take its child for a stopped job', async () => {
    const { tree, home } = begin('set -m; sleep 600 & touch READY; wait $!; echo $? > WAITED; sleep 600');
    await has(home, 'READY');
    await stopTree(tree);
    await continueTree(tree, []);
    // The wait of the shell goes on: it has seen nothing.
    await expect.poll(async () => (await findTree(tree)).map(({ pid }) => stateOf(pid)), patience).toEqual(['S', 'S']);
    expect(readdirSync(home)).not.toContain('WAITED');
  });

  it('an exception stays as it is, with its descendants', async () => {
    const { tree, home } = begin('sleep 600 & echo $! > ONE; touch READY; wait');
    await has(home, 'READY');
    const one = identityOf(Number(readFileSync(join(home, 'ONE'), 'utf8')))!;
    const { stopped } = await stopTree({ ...tree, except: one });
    expect([stopped.length, stateOf(one.pid)]).toEqual([1, 'S']);
  });
});
