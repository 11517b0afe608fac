import { expect, it } from 'vitest';
import { questionOnScreen } from '#shared/domain/found-question.ts';
import { believe, noBelief, type Belief, type SeenScreen } from './screen-belief.ts';

const dialog = ['Bash command', '', '  npm test', '', 'Do you want to proceed?', '❯ 1. Yes', '  2. No'];
const half = dialog.slice(0, 5);
const other = [...dialog.slice(0, 4), 'May it read the file?', ...dialog.slice(5)];
const work = ['● npm test', '', '  12 tests passed'];

/** Looks every two seconds at a program that prints without a pause under a spinner; typed at the given moments. */
function looks(rows: readonly (readonly string[])[], more: Partial<SeenScreen['status']> = {}): readonly Belief[] {
  const beliefs: Belief[] = [];
  for (const [turn, below] of rows.entries()) {
    const seen = { ...drawnAt(turn, below), status: { ...drawnAt(turn, below).status, ...more } };
    beliefs.push(believe(beliefs.at(-1) ?? noBelief, seen));
  }
  return beliefs;
}
function drawnAt(turn: number, below: readonly string[]): SeenScreen {
  const rows = [`Working… (${turn * 2}s)`, '', ...below, ''];
  const cursor = { row: rows.length - 2, col: rows.at(-2)?.length ?? 0 };
  return {
    status: { lastOutputAt: 10_000 + turn * 2000, outputSince: 1000, inputAt: null },
    ...{ rows, found: questionOnScreen({ rows, cursor, alternate: false }), isSettled: false },
  };
}
const asked = (beliefs: readonly Belief[]) => beliefs.map(({ believed }) => believed?.question.question ?? null);
const [mayGoOn, mayRead] = ['Do you want to proceed?', 'May it read the file?'];

it.each([
  ['at the second look', [dialog, dialog, dialog], [null, mayGoOn, mayGoOn]],
  ['not when it is gone at the second', [dialog, work, dialog, work], [null, null, null, null]],
  ['although one look comes at a bad moment', [dialog, dialog, half, dialog], [null, mayGoOn, mayGoOn, mayGoOn]],
  ['no longer when two do not show it', [dialog, dialog, work, work], [null, mayGoOn, mayGoOn, null]],
  ['until there is another', [dialog, dialog, other, other], [null, mayGoOn, mayGoOn, mayRead]],
] as const)('a question that is drawn on is believed %s', (_, rows, questions) => {
  expect(asked(looks(rows))).toEqual(questions);
});

it('is as old as its first look, and known to be drawn on', () => {
  expect(looks([dialog, dialog, half, dialog]).at(-1)?.believed?.question).toMatchObject({
    ...{ since: 10_000, at: 16_000, drawsOn: true },
  });
});

it('what streams by moves, and is not believed although its words are the same', () => {
  const lines = (turn: number) => Array.from({ length: 20 }, (_, row) => `step ${turn * 9 + row} is done`);
  const streams = [0, 1, 2, 3].map((turn) => [...lines(turn), 'Remove the old file? [y/N]']);
  expect(asked(looks(streams))).toEqual([null, null, null, null]);
  const grows = [3, 5, 7].map((length) => [...lines(0).slice(0, length), 'Remove the old file? [y/N]']);
  expect(asked(looks(grows))).toEqual([null, null, null]);
});

it('counts anew once somebody has typed', () => {
  const before = looks([dialog, dialog]).at(-1) ?? noBelief;
  const typed = { ...drawnAt(2, dialog), status: { ...drawnAt(2, dialog).status, inputAt: 13_000 } };
  const once = believe(before, typed);
  expect(once.believed?.question.at).toBe(12_000); // Older than what was typed: it stands no longer.
  const twice = believe(once, { ...drawnAt(3, dialog), status: { ...drawnAt(3, dialog).status, inputAt: 13_000 } });
  expect(twice.believed?.question).toMatchObject({ since: 14_000, at: 16_000 });
});

it('a settled screen is taken at its word, and one that settles again in the same stretch was only redrawn', () => {
  const settled = (turn: number, rows: readonly string[]): SeenScreen => ({ ...drawnAt(turn, rows), isSettled: true });
  const first = believe(noBelief, settled(0, dialog));
  expect(first.believed?.question).toEqual(expect.not.objectContaining({ drawsOn: true }));
  expect(believe(first, settled(1, dialog)).believed?.question).toMatchObject({ since: 10_000, drawsOn: true });
  expect(asked([believe(first, settled(1, work))])).toEqual([null]);
});

it('says that a screen asks nothing only when it is known', () => {
  expect(looks([dialog, work, work]).map(({ isCertain }) => isCertain)).toEqual([false, true, true]);
  expect(looks([dialog, dialog]).map(({ isCertain }) => isCertain)).toEqual([false, true]);
});
