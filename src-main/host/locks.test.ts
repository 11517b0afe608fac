// Whatever somebody puts in the place of a lock: it is told by name, nothing hangs, and no link is followed.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, HostHome } from './fixtures/host-home.ts';
import type { Host } from './host.ts';

const home = new HostHome();
const locks = ['config', 'pty-host-1', 'recovery', 'supervisor'] as const;
const victim = join(home.path, '..', 'victim');
let host: Host;

beforeAll(async () => {
  host = await home.open(false);
  await ask(host, 'project.addSandbox', {});
  writeFileSync(victim, 'precious', { mode: 0o644 });
}, 30_000);
afterAll(() => home.close(), 30_000);

/** What a person is told of each lock. */
async function toldWith(plant: (path: string) => void) {
  for (const name of locks) {
    const path = join(home.path, 'run', `${name}.lock`);
    rmSync(path, { recursive: true, force: true });
    plant(path);
  }
  const { id: session, terminal, size } = { id: 'san-1', terminal: randomUUID(), size: { cols: 80, rows: 24 } };
  const spec = { terminal, session, argv: ['/bin/sleep', '600'] as const, cwd: home.path, env: {}, size };
  const answers = [
    await ask(host, 'project.remove', { id: 'sandbox' }),
    await host.sessions.runtime.create(spec),
    await ask(host, 'system.recover', { dryRun: false, project: null, endMany: false }),
  ];
  const checks = await ask(host, 'system.doctor', {});
  const named = (text: string): string => /run\/(\S+)\.lock can't be used/.exec(text)?.[1] ?? text;
  return {
    told: answers.map((answer) => (answer.ok ? 'done' : named(answer.problem.what))),
    doctor: checks.ok ? checks.value.filter(({ name }) => name === 'locks').map(({ what }) => named(what)) : null,
  };
}

describe.skipIf(process.platform === 'win32')('in the place of each lock', () => {
  it.each<readonly [string, (path: string) => void]>([
    ['garbage', (path) => writeFileSync(path, 'garbage '.repeat(1000))],
    ['a megabyte', (path) => writeFileSync(path, Buffer.alloc(1024 * 1024, 7))],
    ['a directory', (path) => mkdirSync(path)],
    ['a link out', (path) => symlinkSync(victim, path)],
    ['a link to nothing', (path) => symlinkSync(`${victim}-none`, path)],
    ['a FIFO', (path) => execFileSync('mkfifo', [path])],
    ['a file that nobody may read', (path) => writeFileSync(path, 'garbage', { mode: 0 })],
  ])('%s is told by name', async (_what, plant) => {
    expect(await toldWith(plant)).toEqual({ told: ['config', 'pty-host-1', 'recovery'], doctor: [...locks] });
    expect([readFileSync(victim, 'utf8'), lstatSync(victim).mode & 0o777]).toEqual(['precious', 0o644]);
  });

  it('an empty file becomes a lock', async () => {
    const told = await toldWith((path) => writeFileSync(path, ''));
    expect(told).toEqual({ told: ['done', 'done', 'done'], doctor: [] });
  }, 30_000);
});
