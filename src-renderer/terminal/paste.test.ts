import { expect, it } from 'vitest';
import { asOneLine, judgePaste, visible } from './paste.ts';

it.each([
  ['one line', false, { kind: 'paste', text: 'one line' }],
  ['a\r\nb', true, { kind: 'paste', text: 'a\nb' }],
  ['a\nb', false, { kind: 'ask', text: 'a\nb', lines: 2, why: ['lines'] }],
  ['x\u0003y', true, { kind: 'ask', text: 'x\u0003y', lines: 1, why: ['controls'] }],
  ['x\u001b[201~y', true, { kind: 'paste', text: 'xy' }],
  ['x\u001b[20\u001b[201~1~y', true, { kind: 'paste', text: 'xy' }],
  ['x\u009b201~y', true, { kind: 'paste', text: 'xy' }],
  ['tab\there', false, { kind: 'paste', text: 'tab\there' }],
])('%j with bracketed paste %s', (text, bracketed, verdict) => {
  expect(judgePaste(text, bracketed)).toEqual(verdict);
});

it('asks about long texts', () => {
  expect(judgePaste('x'.repeat(6000), true)).toMatchObject({ kind: 'ask', why: ['long'] });
});

it('shows controls as pictures and joins lines', () => {
  expect([visible('a\u0003\u001bb'), asOneLine(' a \n  b\nc ')]).toEqual(['a␃␛b', 'a b c']);
});
