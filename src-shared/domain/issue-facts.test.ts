import { expect, it } from 'vitest';
import { isPlainText } from './identifier.ts';
import { issueFacts, issueFactsSchema } from './issue-facts.ts';

const told = { title: 'Title', labels: [], description: '', completed: false };

it('keeps what can be read, and none of what could act', () => {
  const hostile = 'a\u001b[31m\r\nb\u0000\u202ec\u2028d\u0085e\tf\u200b \u009b2J\ud800';
  const facts = issueFacts({ ...told, title: hostile, labels: [hostile, '\u0007'], description: hostile });
  expect(facts).toEqual({
    title: 'a [31m b c d e f 2J',
    labels: ['a [31m b c d e f 2J'],
    description: 'a[31m\nbc\nd\ne  f 2J\ufffd',
    completed: false,
  });
  expect([facts.title, facts.description].every(isPlainText)).toBe(true);
});

it('cuts what is long, and says so; what comes out always fits into a record', () => {
  const long = '🙂 x'.repeat(100_000);
  const facts = issueFacts({ ...told, title: long, labels: Array.from({ length: 50 }, () => long), description: long });
  expect(issueFactsSchema.safeParse(facts).success).toBe(true);
  expect([facts.labels.length, [...facts.title].length]).toEqual([20, 250]);
  expect(facts.description).toMatch(/\n\[cut here: the description is longer\]$/);
});
