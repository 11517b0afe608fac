import { expect, it } from 'vitest';
import { isPlainText, lineSchema, projectIdSchema, sessionIdSchema } from './identifier.ts';
import { displayName, maximalNameLength } from './session.ts';
import { spawnInputSchema } from './spawn.ts';

it.each([
  ['  Fix \t it \n more', 'Fix it'],
  ['\n\n second', 'second'],
  [null, 'api-1'],
  ['', 'api-1'],
  ['\u202e\u0007', 'api-1'],
  ['x'.repeat(80), 'x'.repeat(80)],
  ['x'.repeat(81), `${'x'.repeat(77)}…`],
])('names a session after %j', (text, expected) => {
  expect(displayName(text, 'api-1')).toBe(expected);
});

it.each(['😀'.repeat(100), 'é'.repeat(90), 'a b '.repeat(40)])('a name always fits the record', (text) => {
  expect(lineSchema(maximalNameLength).safeParse(displayName(text, 'x')).error).toBeUndefined();
});

const hostile = [
  '',
  '../x',
  '/etc/passwd',
  '-x',
  '--help',
  'a\nb',
  'a\0b',
  '$(touch x)',
  '`x`',
  'a;b',
  "a'b",
  '_meta',
  '__proto__',
  'a/b',
  'a b',
  'x'.repeat(300),
  'a\u202eb',
  '%2e%2e',
  '.',
  '..',
  'é',
];

it.each(hostile)('%j is no id', (text) => {
  expect([projectIdSchema.safeParse(text).success, sessionIdSchema.safeParse(text).success]).toEqual([false, false]);
});

const input = {
  request: '01900000-0001-7fff-bfff-ffffffffffff',
  project: 'api',
  agent: 'shell',
  prompt: null,
  issue: null,
  command: null,
  name: null,
  branch: null,
  base: null,
  permissions: 'ask',
  model: null,
} as const;

it.each([
  ['project', '../x'],
  ['agent', '-x'],
  ['agent', '__proto__'],
  ['prompt', 'a\u001b[31mb'],
  ['prompt', 'x'.repeat(100_001)],
  ['issue', '7\n8'],
  ['command', 'a\nb'],
  ['name', 'a\u202eb'],
  ['branch', '-D'],
  ['branch', 'a..b'],
  ['base', '--upload-pack=x'],
  ['permissions', 'root'],
  ['request', 'x'],
  ['__proto__', 'x'],
  ['extra', 'x'],
])('a spawn with %s %j is refused', (field, value) => {
  const asked = JSON.parse(
    `${JSON.stringify(input).slice(0, -1)},${JSON.stringify(field)}:${JSON.stringify(value)}}`,
  ) as unknown;
  expect([spawnInputSchema.safeParse(input).success, spawnInputSchema.safeParse(asked).success]).toEqual([true, false]);
});

it('keeps line ends and tabs of a prompt, and takes white space alone for none', () => {
  expect([isPlainText('a\n\tb'), spawnInputSchema.parse({ ...input, prompt: ' \n ' }).prompt]).toEqual([true, null]);
});
