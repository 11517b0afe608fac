import { describe, expect, it } from 'vitest';
import { branchFor, isSafeBranch } from './branch.ts';

describe('a branch name from outside', () => {
  it.each(['main', 'feat/a-b', 'a.b', 'v1.0+x', 'x'.repeat(200)])('%s is accepted', (name) => {
    expect(isSafeBranch(name)).toBe(true);
  });
  it.each([
    '',
    '-x',
    '../x',
    'a..b',
    'a//b',
    'a/',
    'a.',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'HEAD',
    '@{u}',
    'a b',
    'a\nb',
    '$(x)',
    'a~1',
    'a^',
    'a:b',
    'ä',
    'a\u202eb',
    'x'.repeat(201),
  ])('%j is refused', (name) => {
    expect(isSafeBranch(name)).toBe(false);
  });
});

it.each([
  [{ asked: 'x/y', issue: '7', session: 'a-1' }, 'x/y'],
  [{ asked: null, issue: null, session: 'a-1' }, 'session/a-1'],
  [{ asked: null, issue: '7', session: 'a-1' }, 'feat/7'],
  [{ asked: null, issue: 'abc-1', session: 'a-1' }, 'feat/abc-1'],
  [{ asked: null, issue: 'a..b', session: 'a-1' }, 'feat/a-b'],
  [{ asked: null, issue: 'github.com/a/b#7', session: 'a-1' }, 'feat/github-com-a-b-7'],
  [{ asked: null, issue: '…', session: 'a-1' }, 'session/a-1'],
])('%j gets %s', (input, expected) => {
  expect(branchFor(input)).toBe(expected);
});
