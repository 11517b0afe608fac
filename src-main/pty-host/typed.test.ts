import { expect, it } from 'vitest';
import { isTyped } from './typed.ts';

const typed = (text: string): boolean => isTyped(Buffer.from(text, 'latin1'));

it.each([
  ['attributes', '\x1b[?1;2c'],
  ['the cursor', '\x1b[24;80R'],
  ['status', '\x1b[0n'],
  ['a mode', '\x1b[?2026;0$y'],
  ['the version', '\x1bP>|xterm.js(6.0.0)\x1b\\'],
  ['a colour', '\x1b]11;rgb:1414/1414/1414\x1b\\'],
  ['the keyboard', '\x1b[?0u'],
  ['a size', '\x1b[8;24;80t'],
  ['focus that came', '\x1b[I'],
  ['focus that went', '\x1b[O'],
  ['the mouse that moves', '\x1b[<35;10;10M'],
  ['the wheel', '\x1b[<64;10;10M'],
  ['a button that goes up', '\x1b[<0;10;10m'],
  ['several at once', '\x1b[?1;2c\x1b[24;80R\x1b[I'],
  ['nothing', ''],
])('does not take %s for typing', (_, text) => {
  expect(typed(text)).toBe(false);
});

it.each([
  ['a letter', 'y'],
  ['Enter', '\r'],
  ['Escape', '\x1b'],
  ['an arrow', '\x1b[A'],
  ['an arrow with a modifier', '\x1b[1;5A'],
  ['Delete', '\x1b[3~'],
  ['a key of the kitty protocol', '\x1b[97;5u'],
  ['a paste', '\x1b[200~text\x1b[201~'],
  ['a click', '\x1b[<0;10;10M'],
  ['a report and a letter', '\x1b[24;80Ry'],
  ['a long paste that begins like a report', `\x1b[200~${'\x1b[I'.repeat(1000)}`],
])('takes %s for typing', (_, text) => {
  expect(typed(text)).toBe(true);
});
