import { expect, it } from 'vitest';
import {
  drawnScreen as drawn,
  recordedScreen as recorded,
  recordedScreens as names,
} from './fixtures/recorded-screen.ts';
import { readsAsQuestion } from './question.ts';

it.each(names)('%s', (name) => {
  const { asks, screen } = recorded(name);
  expect(readsAsQuestion(screen)?.question ?? 'nothing').toBe(asks);
});

it('has screens that ask and screens that do not', () => {
  const asking = names.filter((name) => recorded(name).asks !== 'nothing');
  expect([asking.length > 15, names.length - asking.length > 15]).toEqual([true, true]);
});

it.each([
  ['an empty screen', '▮'],
  ['a question that scrolled up', `Proceed? [y/N]\n${'line\n'.repeat(20)}▮`],
  ['a question with an answer begun', 'Proceed? [y/N] y▮'],
  ['a question with the cursor elsewhere', '▮\n\nProceed? [y/N]'],
  ['a list that nobody marked', 'Next steps:\n1. Test\n2. Land▮'],
  ['a list of which two are marked', 'Which?\n❯ 1. This\n❯ 2. That▮'],
  ['a list above other text', 'Which?\n❯ 1. This\n  2. That\nWorking on it\nand on and on\n▮'],
])('takes %s for no question', (_, text) => {
  expect(readsAsQuestion(drawn(text))).toBe(null);
});

it('tells one printable line of at most 160 characters, whatever the screen shows', () => {
  const turned = `\u202Eevil\u2066 ${'x'.repeat(300)}?▮`;
  const { question } = readsAsQuestion(drawn(turned)) ?? { question: '' };
  expect(question).toMatch(/^evil x+…$/);
  expect([...question]).toHaveLength(160);
});

it.each([
  ['brackets', '['.repeat(400)],
  ['open choices', '[y/'.repeat(133)],
  ['blanks', ' '.repeat(399) + 'x'],
  ['frames', '│ '.repeat(200)],
  ['words that ask', 'press enter to continue '.repeat(17)],
  ['passwords', 'password '.repeat(44)],
  ['numbers', '❯ 1. '.repeat(80)],
])('takes no time over a screen full of %s', (_, line) => {
  const rows = Array<string>(500).fill(line.repeat(3));
  const began = performance.now();
  for (let turn = 0; turn < 20; turn += 1) {
    readsAsQuestion({ rows, cursor: { row: 499, col: 999 }, alternate: false });
  }
  // One whose work grows with the square of the line's length takes minutes.
  expect(performance.now() - began).toBeLessThan(10_000);
});
