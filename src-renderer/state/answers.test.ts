import { expect, it } from 'vitest';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createAnswers } from './answers.ts';

const question: AskedQuestion = {
  ...{ id: '01900000-0001-7fff-bfff-ffffffffffff', source: 'hook', at: 1, kind: 'choice', text: 'Which?', tool: null },
  ...{ command: null, cwd: null, unusual: [], takesText: true },
  choices: [{ number: 2, label: 'The second', meaning: 'other', keys: '2\r' }],
};
const [second] = question.choices;
if (second === undefined) throw new Error('There is a choice');

/** Asks nobody: notes what is asked, and answers with what it is told to. */
function pretended(...answers: unknown[]) {
  const asked: unknown[] = [];
  const connection = {
    call: async (...given: unknown[]) => {
      asked.push(given);
      return answers.shift();
    },
  } as unknown as HostConnection;
  return { asked, answers: createAnswers(connection) };
}

it('sends the number of the choice, with the question that it answers', async () => {
  const { asked, answers } = pretended(ok({ outcome: 'confirmed', why: null, sent: '2\r' }));
  const given = answers.give('a-1', question, { kind: 'choice', choice: second });
  const under = answers.progress.get().get(question.id);
  expect([under, await given, answers.progress.get().get(question.id), asked]).toEqual([
    { kind: 'sending', label: 'The second' },
    { kind: 'sent', label: 'The second' },
    { kind: 'sent', label: 'The second' },
    [['session.answer', { id: 'a-1', question: question.id, choice: 2 }]],
  ]);
});

it('answers a question once, however often somebody presses', async () => {
  const { asked, answers } = pretended(ok({ outcome: 'confirmed', why: null, sent: 'x' }));
  const twice = [1, 2].map(() => answers.give('a-1', question, { kind: 'text', text: 'keep it' }));
  await Promise.all(twice);
  await answers.give('a-1', question, { kind: 'choice', choice: second });
  expect(asked).toEqual([['session.answer', { id: 'a-1', question: question.id, text: 'keep it' }]]);
});

it.each([
  [
    ok({ outcome: 'not-confirmed', why: 'Nothing shows it.', sent: '2' }),
    { kind: 'not-confirmed', label: 'The second', why: 'Nothing shows it.' },
  ],
  [fail({ code: 'question-outdated', what: 'Gone.' }), { kind: 'outdated', what: 'Nothing was sent. Gone.' }],
  [fail({ code: 'question-unknown', what: 'Never.' }), { kind: 'outdated', what: 'Nothing was sent. Never.' }],
  [fail({ code: 'runtime-unreachable', what: 'Away.' }), { kind: 'refused', what: 'Away.' }],
])('says what became of it: %j', async (answer, expected) => {
  const { answers } = pretended(answer);
  expect(await answers.give('a-1', question, { kind: 'choice', choice: second })).toEqual(expected);
});

it('may be given again after it was refused', async () => {
  const { answers } = pretended(
    fail({ code: 'runtime-unreachable', what: 'Away.' }),
    ok({ outcome: 'confirmed', why: null, sent: '2' }),
  );
  await answers.give('a-1', question, { kind: 'choice', choice: second });
  expect(await answers.give('a-1', question, { kind: 'choice', choice: second })).toEqual({
    kind: 'sent',
    label: 'The second',
  });
});
