import { expect, it } from 'vitest';
import { drawnScreen } from './fixtures/recorded-screen.ts';
import { questionOnScreen } from './found-question.ts';

const ask = (text: string) => questionOnScreen(drawnScreen(text));

it('takes the key beside each choice', () => {
  const found = ask(' Approve tool call?\n\n  $ ls\n\n  [y] Approve   [n] Deny\n\n some-model   ○ Plan ● Act\n web▮');
  expect(found).toMatchObject({ kind: 'permission', text: 'Approve tool call?' });
  expect(found?.choices.map(({ label, keys }) => [label, keys])).toEqual([
    ['Approve', 'y'],
    ['Deny', 'n'],
  ]);
});

it.each([
  ['what the keys of a program do', 'Is this a pager?\n\n  [q] Quit   [h] Help▮'],
  ['nothing asked over it', 'Some text\n\n  [y] Approve   [n] Deny▮'],
  ['a single one', 'Go on?\n  [y] Approve▮'],
  ['something else in the row', 'Go on?\n  [y] Approve   and   [n] Deny▮'],
  ['long gone', `Go on?\n  [y] Approve   [n] Deny\n${'more\n'.repeat(9)}▮`],
  ['two keys', 'Go on?\n  [yy] Approve   [nn] Deny▮'],
])('is none: %s', (_, text) => {
  expect(ask(text)).toBe(null);
});
