// The programs that a package ships, run on their own: copied to a home, with the checkout's tree gone.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPrograms } from '../src-main/lib/install-programs.ts';
import { parseManifest } from '../src-main/lib/program-manifest.ts';
import { flawOf } from '../src-main/lib/program-tree.ts';
import { build } from './build.ts';
import { filesBelow, makeProgramTree } from './program-tree.ts';
import { integrityOf, nodePackageOf, type Target } from './shipped-node.ts';

const target = { platform: process.platform, arch: process.arch } as Target;
let world: string;
let tree: string;
let text: string;

beforeAll(async () => {
  world = realpathSync(mkdtempSync(join(tmpdir(), 'athene-tree-')));
  tree = join(world, 'shipped');
  expect(await build()).toBe(0);
  makeProgramTree(target, tree);
  text = readFileSync(join(tree, 'manifest.json'), 'utf8');
}, 120_000);
afterAll(() => rmSync(world, { recursive: true, force: true }));

it('holds what the programs need, for one system, and neither sources nor maps', () => {
  const files = Object.keys(parseManifest(text).files);
  expect(files.toSorted()).toEqual(
    filesBelow(tree)
      .filter((file) => file !== 'manifest.json')
      .toSorted(),
  );
  expect(files).toEqual(
    expect.arrayContaining([
      ...['bin/athene', 'dist/.stamp', 'dist/main/cli.js', 'dist/main/pty-host.js', 'dist/main/mirror.js'],
      ...['dist/main/demo.js', 'dist/renderer/index.html', 'package.json', 'node_modules/node-pty/lib/index.js'],
      ...['schema/athene.schema.json', 'schema/athene-repository.schema.json'],
      ...['prompts/worker.md', 'prompts/orchestrator.md', 'prompts/meta-orchestrator.md'],
      ...[`node_modules/node-pty/prebuilds/${target.platform}-${target.arch}/pty.node`],
      ...[`node_modules/${nodePackageOf(target)}/bin/node`, `node_modules/${nodePackageOf(target)}/LICENSE`],
    ]),
  );
  expect(files.filter((file) => /\.(ts|map|pdb|cc|h)$|desktop\.js|electron/.test(file))).toEqual([]);
  expect(new Set(files.flatMap((file) => /prebuilds\/([^/]+)/.exec(file)?.[1] ?? []))).toEqual(
    new Set([`${target.platform}-${target.arch}`]),
  );
});

it('the pin of a package is compared by its own strong kind of checksum', () => {
  expect(integrityOf(Buffer.from('x'), 'sha512-abc')).toMatch(/^sha512-[\w+/]{86}==$/);
  expect(() => integrityOf(Buffer.from('x'), 'sha1-abc')).toThrow('not strong enough');
});

describe.skipIf(process.platform === 'win32')('on their own', () => {
  it('what a command starts where a packager put it outlives that place', async () => {
    const home = join(world, 'home of a package');
    const athene = command(join(tree, 'bin/athene'), home);
    const session = spawnDemo(athene, 'package');
    await until(
      () => athene('session', 'output', session),
      (shown) => shown.includes('Say hello'),
    );
    const hosts = (folder: string): number => programsBelow(folder, 'pty-host.js').length;
    expect([hosts(join(home, 'runtime')), hosts(tree)]).toEqual([1, 0]);
    athene('session', 'kill', session);
    await endAll(home);
  }, 60_000);

  it('a copy runs alone: projects, agents in terminals, the screen for a browser, and no leftovers', async () => {
    const home = join(world, 'home');
    const runtime = join(home, 'runtime');
    const installed = await installPrograms({ from: tree, into: runtime, lock: join(world, 'runtime.lock') });
    if (!installed.ok) throw new Error(installed.problem.details);
    rmSync(tree, { recursive: true });

    const athene = command(join(runtime, 'current/bin/athene'), home);
    const session = spawnDemo(athene, 'alone');
    const output = await until(
      () => athene('session', 'output', session),
      (shown) => shown.includes('Say hello'),
    );
    expect(output).toContain('Say hello');
    expect(programsBelow(installed.value).length).toBeGreaterThan(0);
    expect(await statusOfScreen(join(installed.value, 'bin/athene'), home)).toBe(200);
    athene('session', 'kill', session);
    await endAll(runtime);
    // What is written beside the programs is a cache of compiled code, and whose they are.
    expect(await flawOf(installed.value, text)).toBeNull();
  }, 60_000);
});

type Athene = (...args: readonly string[]) => string;

const environment = (home: string): Record<string, string> => ({
  ...{ PATH: '/usr/local/bin:/usr/bin:/bin', HOME: world, ATHENE_HOME: home, SHELL: '/bin/sh', LANG: 'C.UTF-8' },
});

const command =
  (file: string, home: string): Athene =>
  (...args) => {
    const run = spawnSync(file, args, { cwd: world, env: environment(home), encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`athene ${args.join(' ')}: ${run.stderr}`);
    return run.stdout;
  };

/** Returns the session's id. */
function spawnDemo(athene: Athene, project: string): string {
  const repository = join(world, project);
  const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
  execFileSync('git', ['init', '-qb', 'main', repository]);
  execFileSync('git', ['-C', repository, ...identity, 'commit', '-qm', 'first', '--allow-empty']);
  athene('project', 'add', repository, '--id', project);
  const spawned = athene('spawn', '--project', project, '--agent', 'demo', '--prompt', 'Say hello');
  return /SESSION=(\S+)/.exec(spawned)?.[1] ?? '';
}

async function statusOfScreen(file: string, home: string): Promise<number> {
  const server = spawn(file, ['serve', '--json'], {
    ...{ cwd: world, env: environment(home), stdio: ['ignore', 'pipe', 'inherit'] },
  });
  const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const letIn = await fetch(url, { redirect: 'manual' });
  const cookie = letIn.headers.getSetCookie().map((one) => one.split(';')[0]);
  const page = await fetch(new URL('/', url), { headers: { cookie: cookie.join('; ') } });
  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
  return page.status;
}

async function endAll(folder: string): Promise<void> {
  for (const pid of programsBelow(folder)) process.kill(pid, 'SIGTERM');
  await until(
    () => programsBelow(folder).length,
    (living) => living === 0,
  );
}

/** Processes whose program or script lies in the tree. */
function programsBelow(root: string, name = ''): number[] {
  const shown = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' });
  return shown
    .split('\n')
    .filter((line) => line.includes(`${root}/`) && line.includes(name))
    .map((line) => Number.parseInt(line, 10));
}

async function until<T>(look: () => T, enough: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = look();
    if (enough(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
