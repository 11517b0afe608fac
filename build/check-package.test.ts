import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeTree } from '../src-main/lib/fixtures/program-tree.ts';
import { checkPackage } from './check-package.ts';

let world: string;
let app: string;
const files = { 'bin/athene': '#!/bin/sh\n', 'node_modules/a/LICENSE': 'MIT' };

beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), 'athene-package-'));
  app = join(world, 'packages/linux-unpacked');
  mkdirSync(join(app, 'resources'), { recursive: true });
  makeTree(join(world, 'tree'), files);
  makeTree(join(app, 'resources/runtime'), files);
  program('01001100');
  archive({ 'package.json': {}, dist: { files: { main: { files: { 'desktop.js': {} } } } } });
});
afterEach(() => rmSync(world, { recursive: true }));

function program(fuses: string): void {
  const wire = [Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, fuses.length]), Buffer.from(fuses)];
  writeFileSync(join(app, 'athene-desktop'), Buffer.concat([Buffer.alloc(100), ...wire, Buffer.alloc(100)]));
}

/** Four sizes, of which the last is that of the header's text. */
function archive(entries: object): void {
  const header = Buffer.from(JSON.stringify({ files: entries }));
  const sizes = Buffer.alloc(16);
  [4, header.length + 8, header.length + 4, header.length].forEach((size, index) =>
    sizes.writeUInt32LE(size, index * 4),
  );
  writeFileSync(join(app, 'resources/app.asar'), Buffer.concat([sizes, header]));
}

const flaws = async (): Promise<string> =>
  (
    await checkPackage({
      ...{ target: { platform: 'linux', arch: 'x64' }, output: join(world, 'packages'), tree: join(world, 'tree') },
    })
  ).join('\n');

it('has nothing to say of a good one', async () => {
  expect(await flaws()).toBe('');
});

it('finds a fuse that is not as wanted', async () => {
  program('11001100');
  expect(await flaws()).toContain('runAsNode is on, not off');
});

it('finds a program that was left out or changed on the way', async () => {
  appendFileSync(join(app, 'resources/runtime/node_modules/a/LICENSE'), '!');
  expect(await flaws()).toContain('node_modules/a/LICENSE has 4 bytes instead of 3');
  rmSync(join(app, 'resources/runtime/node_modules'), { recursive: true });
  expect(await flaws()).toContain('node_modules/a/LICENSE is missing');
});

it.each([
  ['src-main/electron/main.ts', { 'src-main': { files: { electron: { files: { 'main.ts': {} } } } } }],
  ['node_modules/a/index.js', { node_modules: { files: { a: { files: { 'index.js': {} } } } } }],
  ['dist/main/desktop.js.map', { dist: { files: { main: { files: { 'desktop.js.map': {} } } } } }],
  ['.env', { '.env': {} }],
])('finds %s in the archive', async (path, entries) => {
  archive(entries);
  expect(await flaws()).toContain(`The archive holds what it should not: ${path}`);
});

it('finds that there is nothing', async () => {
  rmSync(app, { recursive: true });
  expect(await flaws()).toContain('has no athene-desktop');
});
