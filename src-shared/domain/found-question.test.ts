import { expect, it } from 'vitest';
import { foundQuestionSchema } from './asked-question.ts';
import { questionOnScreen, type QuestionSigns } from './found-question.ts';
import { drawnScreen, recordedScreen, recordedScreens } from './fixtures/recorded-screen.ts';
import { questionThatHoldsText } from './question.ts';
import { writtenQuestion } from './fixtures/written-question.ts';

const asking = recordedScreens.filter((name) => recordedScreen(name).asks !== 'nothing');

it.each(asking)('%s, without anything known of its program', async (name) => {
  const { screen } = recordedScreen(name);
  await expect(writtenQuestion(questionOnScreen(screen))).toMatchFileSnapshot(`fixtures/questions/${name}.txt`);
});

it('finds none where there is none', () => {
  const others = recordedScreens.filter((name) => !asking.includes(name));
  expect(others.filter((name) => questionOnScreen(recordedScreen(name).screen) !== null)).toEqual([]);
});

const dialog = drawnScreen('Which?\n  1. This\n❯ 2. That\n  3. Neither▮');
it.each<[string, QuestionSigns, readonly string[]]>([
  ['arrows from the marked one', {}, ['\u001b[A\r', '\r', '\u001b[B\r']],
  ['a digit that takes it', { digits: 'take' }, ['1', '2', '3']],
  ['a digit that marks it', { digits: 'mark' }, ['1\r', '2\r', '3\r']],
])('says the keys of a choice: %s', (_, signs, keys) => {
  expect(questionOnScreen(dialog, signs)?.choices.map((choice) => choice.keys)).toEqual(keys);
});

it('takes letters in brackets for what is typed, and nothing else than one of them for an answer', () => {
  const line = "Add file to the chat? (Y)es/(N)o/(A)ll/(S)kip all/(D)on't ask again [Yes]: ▮";
  const screen = drawnScreen(line);
  const found = questionOnScreen(screen);
  expect(found?.choices.map(({ label, keys }) => [label, keys])).toEqual([
    ...[
      ['Yes', 'y\r'],
      ['No', 'n\r'],
      ['All', 'a\r'],
      ['Skip all', 's\r'],
      ["Don't ask again", 'd\r'],
    ],
  ]);
  expect(found?.takesText).toBe(false);
  expect(questionThatHoldsText(screen)).not.toBe(null);
});

it('asks for a tool and a command where the agent says how it shows them', () => {
  const wants = (above: readonly string[]) => ({ tool: 'Shell', command: above[0]?.slice(2) ?? null, cwd: '/w' });
  const found = questionOnScreen(drawnScreen('$ curl -o ../x\n\nAllow?\n❯ 1. Yes\n  2. No▮'), { wants });
  expect(found).toMatchObject({
    ...{ kind: 'permission', tool: 'Shell', command: 'curl -o ../x', cwd: '/w' },
    unusual: ['network', 'outside-worktree'],
  });
});

it.each([
  ['a label without an end', `Which?\n❯ 1. ${'x'.repeat(900)}\n  2. No▮`],
  ['wide characters', `Which?\n❯ 1. ${'🦉'.repeat(150)}\n  2. ${'語'.repeat(300)}▮`],
  ['text that turns round', 'Which \u202Eone?\n❯ 1. \u2066Yes\u200B\n  2. N\u0007o▮'],
  ['many choices', `Which?\n❯ 1. Yes\n${Array.from({ length: 13 }, (_, at) => `  ${at + 2}. No`).join('\n')}▮`],
  ['choices in a question', `${'a'.repeat(380)} [y/n/${'z'.repeat(200)}]▮`],
  ['a lone half of a pair', 'Which \ud800?\n❯ 1. Yes\udc00\n  2. No▮'],
])('gives what the contract takes, whatever the screen shows: %s', (_, text) => {
  const found = questionOnScreen(drawnScreen(text));
  if (found !== null) expect(foundQuestionSchema.parse(found)).toEqual(found);
});
