import { describe, expect, it } from 'vitest';
import { claudeCode } from '../../plugins/agents/definitions/claude-code/definition.ts';
import { showsArrival, type Typing } from './arrival.ts';
import { screenWithCursor as screen } from './fixtures/screen-with-cursor.ts';

const long = 'Please look at the flaky login test, and say what it waits for before you change it';
const wrapped = 'Please look at the flaky login test, and\nsay what it waits for before you change';

const arrives = (
  text: string,
  [before, typed, after]: readonly [string, string, string],
  more: Partial<Typing> = {},
): boolean =>
  showsArrival(
    { text, signs: null, before: screen(before, 10), typed: screen(typed, 20), wasAtRest: false, ...more },
    screen(after, 30),
  );

describe('a text is seen to arrive when', () => {
  it.each([
    ['it is echoed above the cursor', 'hello', ['ready\n▮', 'ready\nhello▮', 'ready\nhello\n▮']],
    ['it stands once more than before', 'hello', ['hello\n▮', 'hello\nhello▮', 'hello\nhello\n▮']],
    ['it left the line in which it was typed', 'hello', ['> ▮', '> hello▮', '> ▮']],
    ['it wrapped and the cursor went on', long, ['$ ▮', `${wrapped}\nit▮`, `${wrapped}\nit\n▮`]],
    ['the program asks something new', 'yes', ['▮', '▮', 'Overwrite it? [y/N] ▮']],
  ] as const)('%s', (_, text, screens) => {
    expect(arrives(text, screens)).toBe(true);
  });

  it('a program that had been silent speaks at Enter', () => {
    const typing = { text: 'secret', signs: null, before: screen('▮', 10), typed: screen('▮', 10), wasAtRest: true };
    expect([
      showsArrival(typing, screen('got it\n▮', 30)),
      showsArrival(typing, screen('▮', 10)),
      showsArrival({ ...typing, wasAtRest: false }, screen('tick\n▮', 30)),
    ]).toEqual([true, false, false]);
  });
});

describe('a text is not seen to arrive when', () => {
  it.each([
    ['nothing shows it', 'hello', ['ready\n▮', 'ready\n▮', 'ready\n▮']],
    ['it still stands where it was typed', 'hello', ['> ▮', '> hello▮', '> hello▮']],
    ['it wrapped and Enter did nothing', long, ['$ ▮', `${wrapped}\nit▮`, `${wrapped}\nit▮`]],
    ['something else is printed meanwhile', 'hello', ['tick\n▮', 'tick\ntick\n▮', 'tick\ntick\ntick\n▮']],
  ] as const)('%s', (_, text, screens) => {
    expect(arrives(text, screens)).toBe(false);
  });

  it('the screen could not be read', () => {
    expect(arrives('hello', ['▮', 'hello▮', 'hello\n▮'], { before: null })).toBe(false);
  });
});

describe('of an agent whose line for input is known', () => {
  const signs = claudeCode.screenSigns ?? null;
  const composer = (above: string, input: string, below = ''): string =>
    [above, '────────', `❯ ${input}▮`, '────────', `  ? for shortcuts${below}`].join('\n');

  it.each([
    ['it went into the conversation', [composer('', ''), composer('', 'fix it'), composer('❯ fix it\n● Looking', '')]],
    [
      'it was put aside',
      [composer('', ''), composer('', 'fix it'), composer('✻ Working', 'Press up to edit queued messages')],
    ],
  ] as const)('%s: seen', (_, screens) => {
    expect(arrives('fix it', screens, { signs })).toBe(true);
  });

  it('a paste that is gone from it is seen, one that stands there is not', () => {
    const text = `${'many lines\n'.repeat(20)}end`;
    const pasted = composer('', '[Pasted text #1 +20 lines]');
    expect([
      arrives(text, [composer('', ''), pasted, composer('● Looking', '')], { signs }),
      arrives(text, [composer('', ''), pasted, pasted], { signs }),
    ]).toEqual([true, false]);
  });

  it('a text of several rows that Enter only made longer is not seen', () => {
    const rows = 'first row\n  second row';
    const grown = composer('', rows).replace('▮', '\n  ▮');
    expect(arrives('first row\nsecond row', [composer('', ''), composer('', rows), grown], { signs })).toBe(false);
  });
});
