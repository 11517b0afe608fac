import { expect, it } from 'vitest';
import { readReference } from './pull-request.ts';
import { isGitLab, parseGitLabName, parseRepositoryName } from './repository-name.ts';

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

it.each([
  ['g/p', { host: 'gitlab.com', owner: 'g', name: 'p' }, false],
  ['g/sub/p', { host: 'gitlab.com', owner: 'g/sub', name: 'p' }, false],
  ['gitlab.com/g/sub/p.git', { host: 'gitlab.com', owner: 'g/sub', name: 'p' }, true],
  ['GitLab.Example.org/g/p', { host: 'GitLab.Example.org', owner: 'g', name: 'p' }, true],
  ['git.example.org/g/p', { host: 'git.example.org', owner: 'g', name: 'p' }, false],
  ['gitlab/p', { host: 'gitlab.com', owner: 'gitlab', name: 'p' }, false],
  ['gitlab.com', null, false],
  ['gitlab.com/g/../p', null, true],
  ['gitlab.com/g//p', null, true],
  ['gitlab.com/g/-p', null, true],
])('%j names %j at GitLab', (text, expected, implied) => {
  expect([parseGitLabName(text), isGitLab(text)]).toEqual([expected, implied]);
});
