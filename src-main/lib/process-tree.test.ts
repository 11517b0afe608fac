import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { identityOf } from './process-identity.ts';
import { endTree, findTree } from './process-tree.ts';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'tree-'))));
afterAll(() => rm(directory, { recursive: true }));

/** By a marker of the test's own, so that it is found also when the code under test does not find it. */
async function left(tag: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ' Z');
      return environment.includes(`ZOO=${tag}\0`) && !/\) [ZX] /.test(stat) ? pid : null;
    }),
  );
  return lines.filter((pid) => pid !== null);
}

const forking = (depth: number) => `
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.signal(signal.SIGHUP, signal.SIG_IGN)
${depth === 2 ? 'if os.fork(): time.sleep(60)' : ''}
os.setsid() if os.getpid() != os.getsid(0) else None
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        open('READY', 'w').close()
        while True: time.sleep(1)
    os._exit(0)
open('READY', 'w').close()
time.sleep(60)
`;

const zoo: Readonly<Record<string, readonly string[]>> = {
  'a plain program': ['bash', '-c', 'touch READY; sleep 60; true'],
  'one that ignores HUP and TERM': ['bash', '-c', 'trap "" HUP TERM; touch READY; while :; do sleep 1; done'],
  'a daemon of its own session whose parent has ended': [
    'bash',
    '-c',
    'setsid bash -c "trap \\"\\" HUP TERM; touch READY; while :; do sleep 1; done" & exit 0',
  ],
  'a double fork that ignores signals': ['python3', '-c', forking(1)],
  'one that keeps forking': [
    'bash',
    '-c',
    'trap "" HUP TERM; touch READY; f() { trap "" HUP TERM; sleep 0.05; setsid bash -c "$BODY" & sleep 0.05; }; while [ $EPOCHSECONDS -lt $UNTIL ]; do f; done',
  ],
};

it.concurrent.each(Object.entries(zoo))('leaves no process of %s', async (name, [file, ...args]) => {
  const tag = name.replaceAll(' ', '-');
  const home = await mkdtemp(join(directory, 'animal-'));
  // Whatever becomes of the test, the last of them ends with its folder or after a minute: nobody else could end them.
  const goesOn = '[ -e READY ] && [ $EPOCHSECONDS -lt $UNTIL ] || exit';
  const body = `trap "" HUP TERM; sleep 0.3; ${goesOn}; setsid bash -c "$BODY" & sleep 0.3`;
  const child = spawn(file!, args, {
    cwd: home,
    detached: true,
    stdio: 'ignore',
    env: {
      ...{ PATH: process.env['PATH'], ZOO: tag, MARK: tag, BODY: body },
      UNTIL: String(Math.ceil(Date.now() / 1000) + 60),
    },
  });
  await expect.poll(() => readdir(home)).toContain('READY');
  const root = identityOf(child.pid!);
  expect(await endTree({ marker: { name: 'MARK', value: tag }, root })).toEqual([]);
  expect(await left(tag)).toEqual([]);
});

it('does not touch the processes of another terminal, even its children', async () => {
  const home = await mkdtemp(join(directory, 'two-'));
  await writeFile(join(home, 'inner.sh'), 'touch INNER; exec sleep 60');
  const child = spawn('bash', ['-c', 'MARK=other bash inner.sh & touch READY; wait'], {
    cwd: home,
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], ZOO: 'two', MARK: 'one' },
  });
  await expect.poll(() => readdir(home)).toEqual(expect.arrayContaining(['READY', 'INNER']));
  expect(await endTree({ marker: { name: 'MARK', value: 'one' }, root: identityOf(child.pid!) })).toEqual([]);
  const others = await findTree({ marker: { name: 'MARK', value: 'other' }, root: null });
  expect(others).toHaveLength(1);
  expect(await endTree({ marker: { name: 'MARK', value: 'other' }, root: null })).toEqual([]);
  expect(await left('two')).toEqual([]);
});

it('leaves a stranger with a recycled pid alone', async () => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore', env: { PATH: process.env['PATH'] } });
  const identity = identityOf(child.pid!)!;
  await endTree({ marker: { name: 'MARK', value: 'nobody' }, root: { ...identity, startTime: '1' } });
  expect(identityOf(child.pid!)).toEqual(identity);
  child.kill('SIGKILL');
});
