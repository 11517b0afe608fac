import { expect, it } from 'vitest';
import type { AskedQuestion } from './asked-question.ts';
import {
  choiceEffect,
  defaultChoice,
  deniedWithReason,
  isSameQuestion,
  keysText,
  whyNotTogether,
} from './answer-words.ts';
import { damagedSessionView } from './session-view.ts';

const allow = { number: 1, label: 'Yes', meaning: 'allow-once', keys: '1\r' } as const;
const deny = { number: 2, label: 'No', meaning: 'deny', keys: '\u001b' } as const;
const question: AskedQuestion = {
  ...{ id: '01900000-0001-7fff-bfff-ffffffffffff', source: 'hook', at: 1 },
  ...{ kind: 'permission', text: 'Do you want to proceed?', tool: 'Bash', command: 'npm run migrate', cwd: null },
  ...{ unusual: [], choices: [allow, deny], takesText: false },
};

it.each([
  ['1\r', '1⏎'],
  ['1', '1'],
  ['\r', '⏎'],
  ['\u001b', 'Esc'],
  ['\u001b[B\u001b[B\r', '↓↓⏎'],
  ['\u0003', '⌃C'],
  [' ', 'Space'],
  ['\t\r', 'Tab⏎'],
  ['keep the old name\r', 'keep the old name⏎'],
])('%j reads as %s', (keys, text) => {
  expect(keysText(keys)).toBe(text);
});

it.each<[string, Partial<AskedQuestion>, number | null]>([
  ['an ordinary command', {}, 1],
  ['a command that deletes', { unusual: ['deletes'] }, null],
  ['a guess from the screen', { source: 'screen' }, null],
  ['one that both told of', { source: 'both' }, 1],
  ['a first choice that allows for good', { choices: [{ ...allow, meaning: 'allow-always' }, deny] }, null],
  ['no choices', { choices: [] }, null],
])('%s: the default is %j', (_, change, expected) => {
  expect(defaultChoice({ ...question, ...change })?.number ?? null).toBe(expected);
});

it.each<[string, Partial<AskedQuestion>, number | null]>([
  ['a permission', {}, 2],
  ['a guess: who asks may be no agent', { source: 'screen' }, null],
  ['a choice', { kind: 'choice' }, null],
  ['a permission that nothing denies', { choices: [allow] }, null],
])('%s: is denied with a reason by %j', (_, change, expected) => {
  expect(deniedWithReason({ ...question, ...change })?.number ?? null).toBe(expected);
});

it.each([
  [question, allow, 'allow once: npm run migrate'],
  [question, deny, 'deny: npm run migrate'],
  [{ ...question, command: null }, allow, 'allow once: Bash'],
  [{ ...question, command: null, tool: null }, allow, 'Yes'],
  [question, { ...allow, meaning: 'other' as const }, 'Yes'],
])('says what it does', (asked, choice, expected) => {
  expect(choiceEffect(asked, choice)).toBe(expected);
});

const asking = (change: Partial<AskedQuestion> | null) => ({
  ...damagedSessionView('a-1', 'a', ''),
  question: change === null ? null : { ...question, ...change },
});

it.each<[readonly (Partial<AskedQuestion> | null)[], string | null]>([
  [[{}, { id: '01900000-0002-7fff-bfff-ffffffffffff', at: 5, cwd: '/elsewhere' }], null],
  [[{}, { command: 'rm -rf /' }], 'They ask different things.'],
  [[{}, { choices: [{ ...allow, keys: '2\r' }, deny] }], 'They ask different things.'],
  [[{}, null], 'One of them asks nothing.'],
  [[null, null], '2 of them ask nothing.'],
  [[{}, { source: 'screen' }], 'A guessed question is answered by itself.'],
  [[], 'None of them asks anything.'],
])('answers %j together, or says why not', (changes, why) => {
  expect(whyNotTogether(changes.map(asking))).toBe(why);
});

it('an answer of one is none of a question that differs in a key', () => {
  expect(isSameQuestion(question, { ...question, takesText: true })).toBe(false);
});
