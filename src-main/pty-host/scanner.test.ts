import { expect, it } from 'vitest';
import { replyTo } from './replies.ts';
import { cleanTitle, Scanner, type Seen } from './scanner.ts';

const answers = (seen: readonly Seen[]) => seen.map((one) => (one.kind === 'query' ? replyTo(one.query) : one));
const scanned = (...chunks: string[]) => {
  const scanner = new Scanner();
  return answers(chunks.flatMap((chunk) => scanner.scan(Buffer.from(chunk))));
};

const queries: readonly (readonly [string, string, string])[] = [
  ['primary attributes', '\x1b[c', '\x1b[?1;2c'],
  ['primary attributes with 0', '\x1b[0c', '\x1b[?1;2c'],
  ['secondary attributes', '\x1b[>c', '\x1b[>0;276;0c'],
  ['status', '\x1b[5n', '\x1b[0n'],
  ['cursor', '\x1b[6n', '\x1b[1;1R'],
  ['a private mode', '\x1b[?2026$p', '\x1b[?2026;0$y'],
  ['a mode', '\x1b[4$p', '\x1b[4;0$y'],
  ['the version', '\x1b[>0q', '\x1bP>|xterm.js(6.0.0)\x1b\\'],
  ['the keyboard', '\x1b[?u', '\x1b[?0u'],
  ['the foreground', '\x1b]10;?\x07', '\x1b]10;rgb:e6e6/e6e6/e6e6\x1b\\'],
  ['the background', '\x1b]11;?\x1b\\', '\x1b]11;rgb:1414/1414/1414\x1b\\'],
];

it.each(queries)('answers %s once, wherever it is cut', (_, query, reply) => {
  const stream = `text${query}more`;
  for (let cut = 0; cut <= stream.length; cut += 1) {
    expect(scanned(stream.slice(0, cut), stream.slice(cut))).toEqual([reply]);
  }
  expect(scanned(...stream)).toEqual([reply]);
});

it.each([
  ['colours and cursor movements', '\x1b[31mred\x1b[0m\x1b[2J\x1b[H\x1b[?25l'],
  ['a colour that is set', '\x1b]11;#123456\x07'],
  ['a query inside of a string', '\x1b]0;\x18\x1bP[c\x1b\\'],
  ['a request for settings, which would echo data', '\x1bP$qm\x1b\\'],
  ['a clipboard query', '\x1b]52;c;?\x07'],
  ['window reports', '\x1b[14t\x1b[18t\x1b[21t'],
  ['an answerback', '\x05'],
  ['a mode with a number too long', '\x1b[?123456$p'],
  ['a sequence too long', `\x1b[${'1;'.repeat(100)}c`],
  ['8-bit controls, which UTF-8 does not know', '\u009bc'],
  ['a cancelled sequence', '\x1b[\x18c'],
])('stays silent on %s', (_, text) => {
  expect(scanned(text)).toEqual([]);
  expect(scanned(...text)).toEqual([]);
});

it('hears bells, but not those that end a string', () => {
  expect(scanned('a\x07b')).toEqual([{ kind: 'bell' }]);
  expect(scanned('\x1b]0;title\x07')).toEqual([{ kind: 'title', text: 'title' }]);
  expect(scanned('\x1b]8;;file:///x\x07link\x1b]8;;\x07')).toEqual([]);
});

it.each([
  ['of iTerm2', '\x1b]9;Agent turn complete\x07', 'Agent turn complete'],
  ['in UTF-8', '\x1b]9;Größe ✻\x1b\\', 'Größe ✻'],
  ['of urxvt', '\x1b]777;notify;Claude Code;waits for you; now\x07', 'Claude Code: waits for you; now'],
  ['of kitty', '\x1b]99;;Hello\x1b\\', 'Hello'],
  ['of kitty in parts', '\x1b]99;i=1:d=0;Claude\x1b\\\x1b]99;i=1:d=1:p=body;waits\x1b\\', 'Claude: waits'],
  ['of kitty in base64', `\x1b]99;e=1;${Buffer.from('Größe').toString('base64')}\x1b\\`, 'Größe'],
])('reads a notice %s, wherever it is cut', (_, stream, text) => {
  for (let cut = 0; cut <= stream.length; cut += 1) {
    const scanner = new Scanner();
    const [first, second] = [stream.slice(0, cut), stream.slice(cut)].map((part) => Buffer.from(part));
    expect([...scanner.scan(first!), ...scanner.scan(second!)]).toEqual([{ kind: 'notice', text }]);
  }
});

it.each([
  ['progress that failed', '\x1b]9;4;2;50\x07'],
  ['where a command ended', '\x1b]133;D;0\x07'],
  ['a directory', '\x1b]9;9;/home\x07'],
  ['another command of urxvt', '\x1b]777;preexec;ls\x07'],
  ['a part of which the rest is missing', '\x1b]99;i=1:d=0;Claude\x1b\\'],
  ['an icon of kitty', '\x1b]99;i=1:p=icon;abcd\x1b\\'],
  ['a notice too long', `\x1b]9;${'x'.repeat(5000)}\x07`],
])('takes %s for no notice', (_, stream) => {
  expect(scanned(stream)).toEqual([]);
});

it.each([
  ['progress', '\x1b]9;4;1;50\x07', 'works'],
  ['progress of which nobody knows how far it is', '\x1b]9;4;3\x1b\\', 'works'],
  ['the end of progress', '\x1b]9;4;0;\x07', 'rests'],
  ['the end of progress, in short', '\x1b]9;4\x07', 'rests'],
  ['a command that a shell begins', '\x1b]133;C\x07', 'works'],
  ['the prompt of a shell', '\x1b]133;A;cl=m\x07', 'rests'],
])('knows %s', (_, stream, kind) => {
  expect(scanned(...stream)).toEqual([{ kind }]);
});

it('keeps no more of an endless notice in parts than of one', () => {
  const part = `\x1b]99;i=1:d=0;${'x'.repeat(4000)}\x1b\\`;
  const [seen] = scanned(...Array<string>(50).fill(part), '\x1b]99;i=1;\x1b\\');
  expect(seen).toEqual({ kind: 'notice', text: 'x'.repeat(4096) });
});

it('reads titles in UTF-8, and reads over endless ones', () => {
  expect(scanned(...'\x1b]2;Größe ✻\x1b\\')).toEqual([{ kind: 'title', text: 'Größe ✻' }]);
  expect(scanned(`\x1b]2;${'x'.repeat(10_000)}\x07after\x07`)).toEqual([{ kind: 'bell' }]);
});

it('cleans titles to one printable line', () => {
  expect(cleanTitle('  a\n\tb\x1b[31m\u202Ec\u2066 ')).toBe('a b [31m c');
  expect([...cleanTitle('✻'.repeat(300))]).toHaveLength(200);
});
