import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { HostConnection } from '../connection/host-client.ts';
import { createAnswers, draftOf } from './answers.ts';

const question: AskedQuestion = {
  ...{ id: '01900000-0001-7fff-bfff-ffffffffffff', source: 'hook', at: 1, kind: 'choice', text: 'Which?', tool: null },
  ...{ command: null, cwd: null, unusual: [], takesText: true },
  choices: [{ number: 2, label: 'The second', meaning: 'other', keys: '2\r' }],
};
const [second] = question.choices;
if (second === undefined) throw new Error('There is a choice');

let delay = 0;

/** Asks nobody: notes what is asked, and answers with what it is told to. */
function pretended(...answers: unknown[]) {
  delay = 0;
  const asked: unknown[] = [];
  const connection = {
    call: async (...given: unknown[]) => {
      asked.push(given);
      return answers.shift();
    },
  } as unknown as HostConnection;
  const kept: unknown[] = [];
  const keep = (...given: unknown[]): void => void kept.push(given);
  return { asked, kept, answers: createAnswers(connection, () => delay, keep) };
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

it('denies, and then says what to do instead, as a message that waits until the agent listens', async () => {
  const confirmed = ok({ outcome: 'confirmed', why: null, sent: '2' });
  const { asked, answers } = pretended(confirmed, ok({ outcome: 'queued', why: '', restored: false }));
  const given = await answers.give('a-1', question, { kind: 'reason', choice: second, text: 'Use the other table' });
  expect([given, asked]).toEqual([
    { kind: 'sent', label: 'The second: “Use the other table”' },
    [
      ['session.answer', { id: 'a-1', question: question.id, choice: 2 }],
      [
        'session.send',
        { id: 'a-1', message: expect.any(String) as string, text: 'Use the other table', restore: false, timeout: 0 },
      ],
    ],
  ]);
});

it('sends no reason where nothing was denied, and says when only the reason was not sent', async () => {
  const gone = pretended(fail({ code: 'question-outdated', what: 'Gone.' }));
  const reason = { kind: 'reason', choice: second, text: 'no' } as const;
  await gone.answers.give('a-1', question, reason);
  expect(gone.asked).toHaveLength(1);
  const half = pretended(ok({ outcome: 'confirmed', why: null, sent: '2' }), fail({ code: 'x', what: 'It is full.' }));
  expect(await half.answers.give('a-1', question, reason)).toEqual({
    ...{ kind: 'not-confirmed', label: 'The second: “no”' },
    why: 'The reason was not sent: It is full.',
  });
});

it('keeps what was typed as long as nothing was sent, for its question alone', async () => {
  const { answers } = pretended(
    fail({ code: 'runtime-unreachable', what: 'Away.' }),
    ok({ outcome: 'confirmed', why: null, sent: 'x' }),
  );
  const [draft, other] = [draftOf(question.id, 'text'), draftOf('another', 'text')];
  answers.write(draft, 'keep it');
  answers.write(other, 'of another');
  await answers.give('a-1', question, { kind: 'text', text: 'keep it' });
  expect([...answers.drafts.get()]).toEqual([
    [draft, 'keep it'],
    [other, 'of another'],
  ]);
  await answers.give('a-1', question, { kind: 'text', text: 'keep it' });
  expect([...answers.drafts.get()]).toEqual([[other, 'of another']]);
  answers.write(other, '');
  expect(answers.drafts.get().size).toBe(0);
});

it('hands on what was typed for a question that is gone, and a reason that was not sent', async () => {
  const gone = pretended(fail({ code: 'question-outdated', what: 'Gone.' }));
  await gone.answers.give('a-1', question, { kind: 'text', text: 'too late' });
  expect(gone.kept).toEqual([['a-1', 'too late']]);
  const confirmed = ok({ outcome: 'confirmed', why: null, sent: '2' });
  const half = pretended(confirmed, fail({ code: 'x', what: 'It is full.' }));
  await half.answers.give('a-1', question, { kind: 'reason', choice: second, text: 'no' });
  expect(half.kept).toEqual([['a-1', 'no']]);
  const whole = pretended(confirmed);
  await whole.answers.give('a-1', question, { kind: 'text', text: 'yes' });
  expect(whole.kept).toEqual([]);
});

describe('with a moment to take it back', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1000 }));
  afterEach(() => void vi.useRealTimers());

  it('waits before it is sent', async () => {
    const { asked, answers } = pretended(ok({ outcome: 'confirmed', why: null, sent: '2' }));
    delay = 2;
    const given = answers.give('a-1', question, { kind: 'choice', choice: second });
    const waiting = { kind: 'waiting', label: 'The second', until: 3000 };
    expect(answers.progress.get().get(question.id)).toEqual(waiting);
    await vi.advanceTimersByTimeAsync(1999);
    expect(await answers.give('a-1', question, { kind: 'text', text: 'again' })).toEqual(waiting);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([await given, asked.length]).toEqual([{ kind: 'sent', label: 'The second' }, 1]);
  });

  it('sends nothing when it is cancelled, and takes another answer', async () => {
    const { asked, answers } = pretended(ok({ outcome: 'confirmed', why: null, sent: 'x' }));
    delay = 2;
    const given = answers.give('a-1', question, { kind: 'choice', choice: second });
    answers.cancel(question.id);
    expect(await given).toEqual({ kind: 'refused', what: 'Cancelled. Nothing was sent.' });
    await vi.advanceTimersByTimeAsync(5000);
    expect([asked, answers.progress.get().has(question.id)]).toEqual([[], false]);
    delay = 0;
    expect(await answers.give('a-1', question, { kind: 'text', text: 'x' })).toMatchObject({ kind: 'sent' });
  });
});
