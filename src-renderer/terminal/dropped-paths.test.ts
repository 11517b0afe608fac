import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { quotedPath } from './dropped-paths.ts';

it.each([
  ['/home/you/notes.txt', '/home/you/notes.txt'],
  ['/home/you/two words', "'/home/you/two words'"],
  ["/home/you/it's", String.raw`'/home/you/it'\''s'`],
  ['/tmp/$(touch x)`y`!z', "'/tmp/$(touch x)`y`!z'"],
  ['/tmp/a;rm -rf ~', "'/tmp/a;rm -rf ~'"],
  ['/tmp/grüße', "'/tmp/grüße'"],
  ['/tmp/a\nb', String.raw`$'/tmp/a\u000ab'`],
  ["/tmp/\u001b[201~'\\", String.raw`$'/tmp/\u001b[201~\'\\'`],
  ['/tmp/\u202etxt.exe', String.raw`$'/tmp/\u202etxt.exe'`],
  ['', null],
])('%j becomes %j', (path, word) => {
  expect(quotedPath(path, 'posix')).toBe(word);
});

it.each([
  [String.raw`C:\code\app`, String.raw`C:\code\app`],
  [String.raw`C:\Program Files\x`, String.raw`"C:\Program Files\x"`],
  [String.raw`C:\a & calc`, String.raw`"C:\a & calc"`],
  [String.raw`C:\$(calc)`, String.raw`'C:\$(calc)'`],
  [String.raw`C:\it's $x`, String.raw`'C:\it''s $x'`],
  [String.raw`C:\$x & calc`, null],
  ['C:\\a"b', null],
  ['C:\\a\nb', null],
])('%j becomes %j on Windows', (path, word) => {
  expect(quotedPath(path, 'windows')).toBe(word);
});

it.skipIf(process.platform === 'win32')('a shell takes each for the one word that it stands for', () => {
  const paths = ['/a b', "/it's", '/$(echo x)`id`;&|', '/a\nb\tc', "/\u001b'\\", '/\u202ex', '/-n *?[a]~'];
  const line = paths.map((path) => quotedPath(path, 'posix')).join(' ');
  const words = execFileSync('bash', ['-c', `printf '%s\\0' ${line}`], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  expect(words.split('\0').slice(0, -1)).toEqual(paths);
});
