import { expect, it } from 'vitest';
import type { ConversationEntry, Said } from '#shared/domain/conversation.ts';
import { conversationRows, planIn, spokenParts } from './conversation-rows.ts';

const entry = (id: string, said: Said): ConversationEntry => ({ id, at: 1, from: null, said });
const called = (call: string | null): Said => ({ kind: 'called', call, tool: 'Bash', about: null, input: '' });
const returned = (call: string | null, text: string): Said => ({ kind: 'returned', call, text, failed: false });
const planned = (call: string, text: string): Said => ({ kind: 'planned', call, steps: [{ text, state: 'open' }] });

it('joins what a tool gave back with what it was asked, whatever stands between them', () => {
  const rows = conversationRows([
    entry('1', called('a')),
    entry('2', called('b')),
    entry('3', { kind: 'note', text: 'Interrupted' }),
    entry('4', returned('b', 'second')),
    entry('5', returned('a', 'first')),
    entry('6', returned(null, 'nobody’s')),
    entry('7', called(null)),
    entry('8', called('a')),
    entry('9', called('c')),
  ]);
  expect(rows.map((row) => [row.entry.id, row.returned?.text ?? null])).toEqual([
    ...[
      ['1', 'first'],
      ['2', 'second'],
      ['3', null],
      ['7', null],
      ['9', null],
    ],
  ]);
});

it('the plan is the latest that was not refused', () => {
  const plan = (entries: readonly ConversationEntry[]) => planIn(conversationRows(entries))?.[0]?.text ?? null;
  const [first, second] = [entry('1', planned('a', 'Look')), entry('2', planned('b', 'Mend'))];
  const refused: Said = { kind: 'returned', call: 'b', text: 'No such tool', failed: true };
  expect([plan([]), plan([first, second]), plan([first, second, entry('3', refused)])]).toEqual([null, 'Mend', 'Look']);
});

it.each([
  ['plain', [['text', 'plain']]],
  [
    'run `npm test` now',
    [
      ['text', 'run '],
      ['code', 'npm test'],
      ['text', ' now'],
    ],
  ],
  [
    'so:\n```ts\nconst a = `1`;\n\n```\nthen',
    [
      ['text', 'so:'],
      ['block', 'const a = `1`;\n'],
      ['text', 'then'],
    ],
  ],
  [
    'not closed:\n~~~\nls',
    [
      ['text', 'not closed:'],
      ['block', 'ls'],
    ],
  ],
  ['one ` alone, <b>bold</b> [x](javascript:1)', [['text', 'one ` alone, <b>bold</b> [x](javascript:1)']]],
  ['```\n```', []],
  ['', []],
])('tells code from words in %j', (text, parts) => {
  expect(spokenParts(text).map((part) => [part.kind, part.text])).toEqual(parts);
});
