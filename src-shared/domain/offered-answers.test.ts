import { expect, it } from 'vitest';
import type { AskedQuestion, Choice } from './asked-question.ts';
import { offeredAnswers } from './offered-answers.ts';

const choice = (number: number, meaning: Choice['meaning']): Choice => ({
  ...{ number, meaning, label: meaning, keys: `${number}\r` },
});
const question: AskedQuestion = {
  ...{ id: '01900000-0001-7fff-bfff-ffffffffffff', source: 'hook', at: 1, kind: 'permission', text: 'Go on?' },
  ...{ tool: 'Bash', command: 'npm run migrate', cwd: null, unusual: ['deletes'], takesText: false },
  choices: [choice(1, 'allow-once'), choice(2, 'allow-session'), choice(3, 'allow-always'), choice(4, 'deny')],
};

it.each<[string, Partial<AskedQuestion> | null, boolean, readonly string[]]>([
  ['a permission', {}, false, ['allow-once', 'deny']],
  ['a permission on a locked screen', {}, true, ['deny']],
  ['a command that no line shows whole', { command: 'x'.repeat(151) }, false, ['deny']],
  ['a choice', { kind: 'choice', choices: [choice(1, 'other'), choice(2, 'other')] }, false, ['other', 'other']],
  ['a choice on a locked screen', { kind: 'choice', choices: [choice(1, 'other')] }, true, []],
  ['trust in a directory', { kind: 'trust', choices: [choice(1, 'allow-once'), choice(2, 'deny')] }, false, ['deny']],
  ['a guess', { source: 'screen' }, false, []],
  ['nothing', null, false, []],
])('%s offers no more than what holds once', (_, change, locked, expected) => {
  const asked = change === null ? null : { ...question, ...change };
  expect(offeredAnswers({ question: asked }, { locked }).map(({ meaning }) => meaning)).toEqual(expected);
});
