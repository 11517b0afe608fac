import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from './config-file.ts';
import { readRegistry, reasonOf } from './registry.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'athene-registry-'));
  for (const name of ['storefront', 'data-pipeline', 'store']) mkdirSync(join(root, name));
});
afterAll(() => rmSync(root, { recursive: true }));

const entry = (id: string, folder: string, more = ''): string => `  ${id}: {path: ${root}/${folder}${more}}\n`;
const read = (...entries: readonly string[]) => {
  const { ready, degraded } = readRegistry(parseConfig(`projects:\n${entries.join('')}`, '/h/config.yaml'));
  return [ready.map(({ id, sessionPrefix }) => `${id} ${sessionPrefix}`), degraded.map(reasonOf)];
};

it('makes a prefix where none is given, and never one that another names', () => {
  expect(
    read(entry('a', 'storefront'), entry('b', 'store', ', sessionPrefix: STO'), entry('c', 'data-pipeline')),
  ).toEqual([['a sto2', 'b STO', 'c dp'], []]);
});

it('refuses a prefix that two name, with both names and one that is free', () => {
  expect(
    read(entry('a', 'storefront', ', sessionPrefix: s'), entry('b', 'data-pipeline', ', sessionPrefix: S')),
  ).toEqual([
    ['a s'],
    [
      'config.yaml, line 3: sessionPrefix: S belongs to a too; give a and b prefixes of their own, for example sessionPrefix: dp',
    ],
  ]);
});

const wrong: readonly [string, string, string][] = [
  ['_meta', '', '_meta is kept for meta orchestrators: rename this project, for example to "meta"'],
  ['"a.b"', '', 'the id must have 1-64 letters, digits, _ or -'],
  ['a', ', tracker: {}', 'tracker: must name a plugin, a package or a path'],
  ['a', ', scm: {package: x, path: /y}', 'scm: must have a package or a path, not both'],
  ['a', ', env: {"A B": x}', 'env.A B: '],
  ['a', ', sessionPrefix: "x/y"', 'sessionPrefix: a prefix has 1-24 letters, digits, _ or -'],
  ['a', ', color: red', 'color: must be a colour like #4a90d9'],
  ['a', ', agentRulesFile: ../x', 'agentRulesFile: must not have empty parts, "." or ".."'],
  ['a', ', agentRulesFile: "docs/*.md"', 'agentRulesFile: must name one file'],
  ['a', ', reactions: {ci-failed: {escalateAfter: 3 days}}', 'reactions.ci-failed.escalateAfter: '],
];
it.each(wrong)('tells what is wrong with %s%s, and reads the next', (id, more, what) => {
  const [ready, [reason]] = read(entry(id, 'storefront', more), entry('next', 'store')) as [string[], string[]];
  expect(ready).toEqual(['next sto']);
  expect(reason?.replace('"A B"', 'A B').replace('projects."a.b": ', '')).toContain(`config.yaml, line 2: ${what}`);
});

it('takes the words of the reference, and the home for ~', () => {
  const text = `projects:\n  a: {path: ~/, symlinks: [.env], postCreate: [npm ci], setUp: [make]}\n`;
  const { ready } = readRegistry(parseConfig(text));
  expect(ready).toMatchObject([{ path: homedir(), defaultBranch: 'main', link: ['.env'], setUp: ['make'] }]);
});
