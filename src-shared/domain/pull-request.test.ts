import { expect, it } from 'vitest';
import { readReference } from './pull-request.ts';
import { parseRepositoryName } from './repository-name.ts';

const repository = { host: 'github.com', owner: 'O', name: 'r' };

it.each([
  ['88', '88'],
  [' #88 ', '88'],
  ['https://github.com/o/R/pull/88', '88'],
  ['https://github.com/o/r/pull/88/files?w=1#diff', '88'],
  ['feat/login', 'feat/login'],
  ['https://github.com/other/r/pull/88', null],
  ['http://github.com/o/r/pull/88', null],
  ['https://github.com/o/r/issues/88', null],
  ['0', '0'],
  ['--repo=x/y', null],
  ['$(id)', null],
  ['a b', null],
  ['a\nb', null],
  ['', null],
])('%j is taken for %j', (text, expected) => expect(readReference(text, repository)).toBe(expected));

it.each([
  ['o/r', { host: 'github.com', owner: 'o', name: 'r' }],
  ['git.example.org/o/r.git', { host: 'git.example.org', owner: 'o', name: 'r' }],
  ['o/.github', { host: 'github.com', owner: 'o', name: '.github' }],
  ['git.example.org/group/sub/r', null],
  ['r', null],
  ['o/..', null],
  ['-o/r', null],
  ['o/-r', null],
  ['o/r x', null],
])('%j names %j', (text, expected) => expect(parseRepositoryName(text)).toEqual(expected));
