import { expect, it } from 'vitest';
import { longestLog } from '#shared/domain/pull-request-facts.ts';
import { endOfLog } from './end-of-log.ts';

const at = '2026-11-26T10:00:00.1234567Z';
const github = [
  `\ufeff${at} ##[group]Run npm test`,
  `${at} \u001b[36;1mnpm test\u001b[0m`,
  `${at} ##[endgroup]`,
  `${at}   1) adds`,
  `${at}      \u001b[31mexpected 3, got 4\u001b[39m`,
  `${at} ##[error]Process completed with exit code 1.`,
  `${at} Post job cleanup.`,
  `${at} Cleaning up orphan processes`,
].join('\r\n');
const gitlab = [
  'section_start:1764150000:step_script\r\u001b[0K\u001b[0;m\u001b[36;1mExecuting "step_script"\u001b[0;m',
  '2026-11-26T10:00:00.123456Z 01O $ npm test',
  ' 10%\r 55%\r100%\r',
  '2026-11-26T10:00:01.123456Z 01E+expected 3, got 4',
  'section_end:1764150001:step_script\r\u001b[0K',
  '\u001b[31;1mERROR: Job failed: exit code 1',
].join('\n');

it.each<readonly [string, string, string | null]>([
  ['nothing', '', null],
  ['nothing to be seen', '\u001b[0m\r\n \n\n', null],
  [
    'GitHub: up to its last error',
    github,
    'Run npm test\nnpm test\n\n  1) adds\n     expected 3, got 4\nProcess completed with exit code 1.',
  ],
  ['GitLab', gitlab, 'Executing "step_script"\n$ npm test\n100%\nexpected 3, got 4\n\nERROR: Job failed: exit code 1'],
  ['what hides, turns or rings', 'a\u0007b\u202ec\u0000d\u200be', 'a b c d e'],
  [
    'a title and a link of a terminal',
    '\u001b]0;title\u0007x \u001b]8;;https://a.example\u001b\\y\u001b]8;;\u001b\\',
    'x y',
  ],
  [
    'secrets',
    `token=abcdefgh1234\nAuthorization: Bearer abc.def.ghi-123\nat https://me:pw@x.example/\nghp_${'a'.repeat(36)}`,
    'token=[secret]\nAuthorization: Bearer [secret]\nat https://[secret]@x.example/\n[secret]',
  ],
  [
    'a key',
    'before\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nafter',
    'before\n[secret]\nafter',
  ],
  ['a key without an end', 'before\n-----BEGIN PRIVATE KEY-----\nMIIE', 'before\n[secret]'],
])('%s', (_what, printed, told) => {
  expect(endOfLog(printed)).toBe(told);
});

it('keeps forty lines, and as many of these as there is room for', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  expect(endOfLog(lines.join('\n'))?.split('\n')).toEqual(lines.slice(-40));
  const long = endOfLog(lines.map((line) => `${line} ${'x'.repeat(5000)}`).join('\n')) ?? '';
  expect(long.length).toBeLessThanOrEqual(longestLog);
  expect(long.split('\n')).toHaveLength(9);
  expect(long.split('\n').at(-1)).toMatch(/^line 99 x+…$/);
});

// Else each would take most of a minute, in which the host does nothing else.
it.each(['\u001b]0;', '\u001b[', 'eyJ-', 'https://a:', '-----BEGIN '])(
  'is done at once with a line full of %j',
  (part) => {
    const line = part.repeat((256 * 1024) / part.length);
    expect(endOfLog(`${line}\n##[error]It failed.`)?.split('\n').at(-1)).toBe('It failed.');
  },
);

it('of a long line tells what was drawn last, without what styles it', () => {
  const bar = Array.from({ length: 2000 }, (_, index) => `\u001b[32m${index} of 2000\u001b[0m`).join('\r');
  expect(endOfLog(bar)).toBe('1999 of 2000');
});
