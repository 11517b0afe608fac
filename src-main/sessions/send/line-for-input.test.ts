import { describe, expect, it } from 'vitest';
import { claudeCode } from '../../plugins/agents/definitions/claude-code/definition.ts';
import { screenWithCursor as screen } from './fixtures/screen-with-cursor.ts';
import { standsInLine } from './line-for-input.ts';

const long = 'Please look at the flaky login test, and say what it waits for before you change it';
const wrapped = 'Please look at the flaky login test, and\nsay what it waits for before you change';

describe('a text stands where it was typed', () => {
  it.each([
    ['before the cursor', 'hello', '$ hello▮', 'whole'],
    ['over several rows', long, `${wrapped}\nit▮`, 'whole'],
    ['behind what stood there before', 'hello', 'half a hello▮', 'whole'],
    ['entered: the cursor went on', 'hello', '$ hello\n▮', 'unclear'],
    ['entered: the next prompt stands', 'hello', '$ hello\n$ ▮', 'unclear'],
    ['with output behind it', 'hello', 'hellotick\n▮', 'unclear'],
    ['nowhere: the program may hide it', 'hello', 'Password: ▮', 'unclear'],
    ['in part', 'hello', '$ hel▮', 'unclear'],
    ['but the cursor was moved into it', 'hello', '$ hel▮lo', 'unclear'],
  ] as const)('%s: %s', (_, text, shown, standing) => {
    expect(standsInLine({ text, signs: null }, screen(shown, 1))).toBe(standing);
  });
});

describe('in the line of an agent that is known', () => {
  const signs = claudeCode.screenSigns ?? null;
  const composer = (above: string, input: string): string =>
    [above, '────────', `❯ ${input}▮`, '────────', '  ? for shortcuts'].join('\n');

  it.each([
    ['it stands', 'fix it', composer('', 'fix it'), 'whole'],
    ['it stands over two rows', 'first row\nsecond row', composer('', 'first row\n  second row'), 'whole'],
    ['somebody typed behind it', 'fix it', composer('', 'fix it, and the other'), 'unclear'],
    ['it is gone', 'fix it', composer('❯ fix it\n● Looking', ''), 'gone'],
    ['something else stands', 'fix it', composer('', 'what now'), 'gone'],
    ['a paste stands, nobody knows of what', 'a\nb', composer('', '[Pasted text #1 +20 lines]'), 'unclear'],
    ['it is a word of the footer', 'shortcuts', composer('', ''), 'unclear'],
    ['only its beginning stands', long, composer('', long.slice(0, 36)), 'unclear'],
    ['the line is not to be seen', 'fix it', 'Do you trust the files in this folder?\n▮', 'unclear'],
  ] as const)('%s', (_, text, shown, standing) => {
    expect(standsInLine({ text, signs }, screen(shown, 1))).toBe(standing);
  });
});
