import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeTree } from './fixtures/program-tree.ts';
import { installPrograms } from './install-programs.ts';
import { parseManifest, treeName } from './program-manifest.ts';
import { flawOf } from './program-tree.ts';

let world: string;
let places: { from: string; into: string; lock: string };
let text: string;
const files = { 'bin/athene': '#!/bin/sh\n', 'dist/main/cli.js': 'first\n', 'node_modules/a/package.json': '{}' };
const children: ChildProcess[] = [];

beforeEach(() => {
  world = realpathSync(mkdtempSync(join(tmpdir(), 'athene-programs-')));
  places = { from: join(world, 'shipped'), into: join(world, 'runtime'), lock: join(world, 'runtime.lock') };
  text = makeTree(places.from, files);
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(world, { recursive: true, force: true });
});

const install = async (): Promise<string> => {
  const outcome = await installPrograms(places);
  if (!outcome.ok) throw new Error(outcome.problem.details ?? outcome.problem.what);
  return outcome.value;
};
const copies = (): string[] => readdirSync(places.into).filter((name) => name !== 'current');

it('copies every file, closed to others, executable where it is a program', async () => {
  const copy = await install();
  expect(copy).toBe(join(places.into, treeName(text)));
  expect(await flawOf(copy, text)).toBeNull();
  expect(readlinkSync(join(places.into, 'current'))).toBe(treeName(text));
  const mode = (path: string): number => statSync(join(copy, path)).mode & 0o777;
  expect([mode('.'), mode('bin'), mode('bin/athene'), mode('dist/main/cli.js')]).toEqual([0o700, 0o700, 0o700, 0o600]);
});

it('goes on with a copy that is whole', async () => {
  const copy = await install();
  const before = statSync(join(copy, 'dist/main/cli.js')).ino;
  expect(await install()).toBe(copy);
  expect(statSync(join(copy, 'dist/main/cli.js')).ino).toBe(before);
  expect(copies()).toEqual([treeName(text)]);
});

it.each([
  ['a file is gone', (copy: string) => rmSync(join(copy, 'bin/athene'))],
  ['a file was changed', (copy: string) => writeFileSync(join(copy, 'dist/main/cli.js'), 'FIRST\n')],
  ['a file was cut', (copy: string) => writeFileSync(join(copy, 'dist/main/cli.js'), '')],
  ['the manifest is gone', (copy: string) => rmSync(join(copy, 'manifest.json'))],
  ['the manifest is another', (copy: string) => writeFileSync(join(copy, 'manifest.json'), '{}')],
])('makes a new copy when %s', async (_, damage) => {
  damage(await install());
  expect(await flawOf(await install(), text)).toBeNull();
});

it('copies nothing that is not what the manifest says', async () => {
  writeFileSync(join(places.from, 'dist/main/cli.js'), 'FIRST\n');
  const outcome = await installPrograms(places);
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'programs-not-installed' } });
  expect(copies()).toEqual([]);
});

it('says what is wrong when the app ships nothing', async () => {
  rmSync(join(places.from, 'manifest.json'));
  const outcome = await installPrograms(places);
  expect(outcome.ok ? null : outcome.problem.what).toContain('is missing: this copy of the app is damaged');
});

it.runIf(process.getuid?.() !== 0)('says so when the directory takes nothing', async () => {
  mkdirSync(places.into, { mode: 0o700 });
  chmodSync(places.into, 0o500);
  expect(await installPrograms(places)).toMatchObject({ ok: false, problem: { code: 'programs-not-installed' } });
  chmodSync(places.into, 0o700);
});

it('two builds of one version stand beside each other while the older is used', async () => {
  const old = await install();
  const sleeper = await startSleeper({ PATH: `${old}/bin:/bin:/usr/bin` });
  rmSync(join(old, 'users'), { recursive: true });
  makeTree(places.from, { ...files, 'dist/main/cli.js': 'second\n' });
  const fresh = await install();
  expect(copies().sort()).toEqual([old, fresh].map((path) => path.slice(places.into.length + 1)).sort());
  sleeper.kill('SIGKILL');
  await once(sleeper, 'exit');
  await install();
  expect(process.platform === 'linux' ? copies() : [fresh.slice(places.into.length + 1)]).toEqual([
    fresh.slice(places.into.length + 1),
  ]);
});

it('keeps a copy that a living host would start its programs from', async () => {
  const old = await install();
  makeTree(places.from, { ...files, 'dist/main/cli.js': 'second\n' });
  await install();
  expect(copies()).toContain(old.slice(places.into.length + 1));
});

it('a mark that nobody can read keeps its copy', async () => {
  const old = await install();
  rmSync(join(old, 'users'), { recursive: true });
  mkdirSync(join(old, 'users'));
  writeFileSync(join(old, 'users', '1.json'), 'what?');
  makeTree(places.from, { ...files, 'dist/main/cli.js': 'second\n' });
  await install();
  expect(copies()).toContain(old.slice(places.into.length + 1));
});

it('several starts at once end with one whole copy', async () => {
  const outcomes = await Promise.all([installed(), installed(), installed()]);
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(copies()).toEqual([treeName(text)]);
  expect(await flawOf(join(places.into, treeName(text)), text)).toBeNull();
});

it('killed at any call, it leaves nothing that the next start does not put right', async () => {
  for (let point = 1; ; point += 1) {
    rmSync(places.into, { recursive: true, force: true });
    const run = runInstall({ ATHENE_FAULT: `kill:${point}` });
    expect(await flawOf(await install(), text)).toBeNull();
    expect(copies(), `killed at call ${point}`).toEqual([treeName(text)]);
    if (run.signal === null) {
      expect(run.status).toBe(0);
      expect(point).toBeGreaterThan(15);
      return;
    }
  }
}, 60_000);

it.each(['../x', '/etc/x', 'a/../x', 'a//x', 'a/./x', './x', 'a\\x', 'a/..', 'C:/x', ''])(
  'a manifest names no file outside of its tree: %j',
  (path) => {
    const manifest = JSON.parse(readFileSync(join(places.from, 'manifest.json'), 'utf8')) as { files: object };
    const file = { size: 1, sha256: '0'.repeat(64), executable: false };
    expect(() => parseManifest(JSON.stringify({ ...manifest, files: { [path]: file } }))).toThrow();
  },
);

const installer = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'fixtures/program-tree.ts')];

function runInstall(env: NodeJS.ProcessEnv): { status: number | null; signal: NodeJS.Signals | null } {
  return spawnSync(process.execPath, [...installer, ...Object.values(places)], { env: { ...process.env, ...env } });
}

async function installed(): Promise<{ code: number | null }> {
  const child = spawn(process.execPath, [...installer, ...Object.values(places)], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code };
}

async function startSleeper(env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn('/bin/sleep', ['600'], { env, stdio: 'ignore' });
  children.push(child);
  await once(child, 'spawn');
  return child;
}
