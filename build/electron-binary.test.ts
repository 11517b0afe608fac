import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ageFailure, type Electron, fetchElectron, findElectron } from './electron-binary.ts';

let world: string;
let folder: string;
let cache: string;
let reports: string[];

beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), 'athene-electron-'));
  [folder, cache] = [join(world, 'electron'), join(world, 'cache')];
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '45.4.1' }));
  reports = [];
});
afterEach(() => rmSync(world, { recursive: true, force: true }));

/** In the place of Electron's own, which is CommonJS as well. */
const installer = (body: string): void =>
  writeFileSync(
    join(folder, 'install.js'),
    `const fs = require('node:fs'); const path = require('node:path'); const dist = path.join(__dirname, 'dist');\n${body}`,
  );
const unpacks = `fs.mkdirSync(dist); fs.writeFileSync(path.join(dist, 'electron'), ''); fs.writeFileSync(path.join(dist, 'version'), 'v45.4.1');
  fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron');`;

const fetch = (
  over: { again?: boolean; stall?: number; limit?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Electron> =>
  fetchElectron({
    ...{ folder, cache, again: false, env: process.env, stall: 30_000, limit: 30_000 },
    report: (line) => reports.push(line),
    ...over,
  });

it('finds what is there, and fetches nothing then', async () => {
  mkdirSync(join(folder, 'dist'));
  for (const [file, text] of [
    ['path.txt', 'electron'],
    ['dist/electron', ''],
    ['dist/version', '45.4.1'],
  ] as const)
    writeFileSync(join(folder, file), text);
  expect(await fetch()).toEqual({ kind: 'there', path: join(folder, 'dist/electron') });
  expect(reports).toEqual([]);
});

it.each([
  ['another version', 'dist/version', '44.0.0'],
  ['one that was not unpacked to its end', 'path.txt', ''],
  ['one whose program has gone', 'path.txt', 'elsewhere'],
])('%s does not count', (_, file, text) => {
  mkdirSync(join(folder, 'dist'));
  for (const [name, usual] of [
    ['path.txt', 'electron'],
    ['dist/electron', ''],
    ['dist/version', '45.4.1'],
  ] as const)
    writeFileSync(join(folder, name), usual);
  writeFileSync(join(folder, file), text);
  expect(findElectron({}, { folder, cache }).kind).toBe('missing');
});

it('runs the installer, says so in one line, and leaves nothing of the download', async () => {
  installer(`fs.writeFileSync(path.join(require('node:os').tmpdir(), 'download'), ''); ${unpacks}`);
  expect(await fetch()).toEqual({ kind: 'there', path: join(folder, 'dist/electron') });
  expect(reports[0]).toBe('Fetching Electron 45.4.1 (110 MB, once) …');
  expect(readdirSync(cache)).toEqual([]);
});

it('gives the installer the proxy of the person, and no mode that makes Electron a Node', async () => {
  installer(`if (process.env.HTTPS_PROXY === 'http://proxy:1' && process.env.NODE_USE_ENV_PROXY === '1' &&
    process.env.ELECTRON_RUN_AS_NODE === undefined && process.env.NODE_OPTIONS === undefined) { ${unpacks} }`);
  const env = {
    ...process.env,
    HTTPS_PROXY: 'http://proxy:1',
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--no-warnings',
  };
  expect((await fetch({ env })).kind).toBe('there');
});

it('a failure is one line without a stack, remembered for a day', async () => {
  installer(`fs.appendFileSync(path.join(__dirname, 'tries'), 'x');
    console.error('TypeError: fetch failed\\n    at node:internal/deps/undici:1:1\\n    at async x'); process.exit(1);`);
  const why = async (again = false): Promise<string> => {
    const electron = await fetch({ again });
    return electron.kind === 'missing' ? electron.why : '';
  };
  const plain = "the server with Electron's program could not be reached";
  expect(await why()).toBe(`${plain} (npm start -- --desktop tries again)`);
  expect(await why()).toBe(`${plain} not long ago (npm start -- --desktop tries again)`);
  expect(await why(true)).toBe(`${plain} (npm start -- --desktop tries again)`);
  ageFailure(cache, 23 * 60 * 60_000);
  expect(await why()).toContain('not long ago');
  ageFailure(cache, 25 * 60 * 60_000);
  expect(await why()).not.toContain('not long ago');
  expect(readdirSync(cache)).toEqual(['electron-not-fetched']);
});

it('a success forgets the failure', async () => {
  installer(`console.error('HTTPError: Response code 404 (Not Found) for https://x'); process.exit(1);`);
  expect(await fetch()).toEqual({
    kind: 'missing',
    why: "Electron's program could not be fetched: Response code 404 (Not Found) for https://x (npm start -- --desktop tries again)",
  });
  installer(unpacks);
  expect((await fetch({ again: true })).kind).toBe('there');
  expect(readdirSync(cache)).toEqual([]);
});

it('a connection on which nothing comes is given up', async () => {
  installer('setInterval(() => {}, 1000);');
  const electron = await fetch({ stall: 200 });
  expect(electron).toMatchObject({ kind: 'missing', why: expect.stringContaining('came to a standstill') as unknown });
});

it('a download that never ends is given up', async () => {
  installer(
    `let n = 0; setInterval(() => fs.writeFileSync(path.join(require('node:os').tmpdir(), 'd' + n++), 'x'), 20);`,
  );
  const electron = await fetch({ stall: 10_000, limit: 600 });
  expect(electron).toMatchObject({ kind: 'missing', why: expect.stringContaining('took too long') as unknown });
});

it('another program can be named', async () => {
  const named = join(world, 'mine');
  writeFileSync(named, '');
  chmodSync(named, 0o755);
  expect(await fetch({ env: { ATHENE_ELECTRON: named } })).toEqual({ kind: 'there', path: named });
  expect(await fetch({ env: { ATHENE_ELECTRON: `${named}.gone` } })).toMatchObject({ kind: 'missing' });
});
