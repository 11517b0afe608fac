import { describe, expect, it } from 'vitest';
import { filePatternSchema, matchesPart } from './file-pattern.ts';

describe('a file pattern', () => {
  it.each(['.env', '.env.*', 'config/local.yml', 'packages/*/.env', 'a b', 'ü?', '...'])('may be %j', (pattern) => {
    expect(filePatternSchema.safeParse(pattern).success).toBe(true);
  });
  it.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../b',
    'a//b',
    'a/',
    './a',
    '~/x',
    'C:/x',
    'a\\b',
    '.git',
    '.git/config',
    '.GIT/x',
    '**/x',
    'a\nb',
    'a\0',
    'x'.repeat(301),
    'a\u202eb',
  ])('may not be %j', (pattern) => {
    expect(filePatternSchema.safeParse(pattern).success).toBe(false);
  });
});

it.each([
  ['.env', '.env', true],
  ['.env.local', '.env.*', true],
  ['.env', '.env.*', false],
  ['.env', '*', false],
  ['.env', '.*', true],
  ['abc', 'a?c', true],
  ['abc', '*', true],
  ['abc', 'a*b*c*', true],
  ['abc', 'a*d', false],
  ['a.b', 'a?b', true],
  ['ab', 'a?b', false],
  ['', '*', true],
])('%j against %j: %s', (name, part, expected) => expect(matchesPart(name, part)).toBe(expected));

it('is quick with what would make others slow', () => {
  expect(matchesPart('a'.repeat(255), `${'a*'.repeat(120)}b`)).toBe(false);
});
