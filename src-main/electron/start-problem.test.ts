import { expect, it } from 'vitest';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Ask } from './ask.ts';
import { openOrAsk } from './start-problem.ts';

const locked: Problem = { code: 'storage-busy', what: 'It is locked.', kept: 'All.', todo: 'Wait.', details: 'pid 7' };

function answering(...answers: ('again' | 'quit')[]) {
  const asked: unknown[] = [];
  const ask: Ask = async ({ message, detail, cancel }) => {
    asked.push([message, detail]);
    return { answer: (answers.shift() ?? cancel) as typeof cancel, isChecked: false };
  };
  return { ask, asked };
}

it('tries again as often as the person wants', async () => {
  const results: Result<string, Problem>[] = [fail(locked), fail(locked), ok('open')];
  const { ask, asked } = answering('again', 'again');
  expect(await openOrAsk(async () => results.shift() ?? fail(locked), ask)).toBe('open');
  const words = ['It is locked.', 'All.\n\nWait.\n\npid 7'];
  expect(asked).toEqual([words, words]);
});

it('gives up when the person does', async () => {
  const { ask, asked } = answering('again', 'quit');
  expect(await openOrAsk(async () => fail({ code: 'home-refused', what: 'No.' }), ask)).toBeNull();
  expect(asked).toEqual([
    ['No.', ''],
    ['No.', ''],
  ]);
});
