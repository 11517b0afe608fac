import { expect, it } from 'vitest';
import type { FoundQuestion } from './asked-question.ts';
import { joinQuestion } from './join-question.ts';

const choices: FoundQuestion['choices'] = [{ number: 1, label: 'Yes', meaning: 'allow-once', keys: '1' }];
const question = (more: Partial<FoundQuestion>): FoundQuestion => ({
  ...{ kind: 'permission', text: 'Do you want to proceed?', tool: null, command: null, cwd: null },
  ...{ unusual: [], choices: [], takesText: false },
  ...more,
});
const told = (command: string) =>
  question({ text: 'It asks for permission: Bash', tool: 'Bash', command, cwd: '/w', unusual: ['deletes'] });
const shown = (command: string) => question({ tool: 'Bash command', command, choices });

it('takes the words from the hook and the choices from the screen', () => {
  expect(joinQuestion(told('rm -rf build'), shown('rm -rf\nbuild'))).toEqual(
    question({ tool: 'Bash', command: 'rm -rf build', cwd: '/w', unusual: ['deletes'], choices }),
  );
});

it.each([
  ['the same, wrapped', 'npm test -- --run', 'npm test\n-- --run', true],
  ['cut on the screen', `echo ${'x'.repeat(200)}`, `echo ${'x'.repeat(100)}…`, true],
  ['cut where it was told', `echo ${'x'.repeat(100)}…`, `echo ${'x'.repeat(200)}`, true],
  ['a file by its whole path', '/w/src/a.ts', 'src/a.ts', true],
  ['more on the screen than was told', 'ls', 'ls; rm -rf /', false],
  ['less on the screen than was told', 'ls; rm -rf /', 'ls', false],
  ['something else', 'ls', 'pwd', false],
  ['a short cut', 'rm -rf /', 'rm…', false],
])('knows %s', (_, one, other, isSame) => {
  expect(joinQuestion(told(one), shown(other)) !== null).toBe(isSame);
});

it('joins no permission with another kind of question, nor one whose subject is not seen', () => {
  expect(joinQuestion(told('ls'), { ...shown('ls'), kind: 'trust' })).toBe(null);
  expect(joinQuestion(told('ls'), question({ choices }))).toBe(null);
});

it('joins a question by its words', () => {
  const asks = question({ kind: 'choice', text: 'Which colour?' });
  expect(joinQuestion(asks, { ...asks, choices })).toEqual({ ...asks, choices });
  expect(joinQuestion(asks, { ...asks, text: 'Which size?' })).toBe(null);
});
