import { describe, expect, it } from 'vitest';
import { defineCommand, defineGroup } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { helpText } from './command-text.ts';

let given: unknown = null;
const copy = defineCommand({
  name: 'copy',
  summary: 'copies a file',
  words: [{ name: 'FROM' }, { name: 'TO', optional: true, many: true }],
  options: {
    force: { short: 'f', says: 'over what is there' },
    mode: { value: 'M', says: 'its mode' },
    skip: { value: 'NAME', many: true, says: 'leaves one out' },
  },
  notes: 'Slowly.',
  async run(read) {
    given = read;
    return 0;
  },
});

describe('the arguments of a command', () => {
  it.each([
    [['a'], { values: {}, words: ['a', []] }],
    [['a', 'b', 'c'], { values: {}, words: ['a', ['b', 'c']] }],
    [['-f', 'a', '--mode=7'], { values: { force: true, mode: '7' }, words: ['a', []] }],
    [['--skip', 'x', '--skip', 'y', '--', '--a'], { values: { skip: ['x', 'y'] }, words: ['--a', []] }],
  ])('%j are read as it declares them', async (args, expected) => {
    expect([await copy.run(args), given]).toEqual([0, { values: { ...expected.values }, words: expected.words }]);
  });

  it.each([
    [[], 'Expected FROM [TO...]'],
    [['a', '--deep'], "Unknown option '--deep'"],
    [['a', '--mode'], "'--mode <value>' argument missing"],
  ])('%j are refused', async (args, expected) => {
    const refused = await copy.run(args).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CommandFailed);
    expect((refused as CommandFailed).problem).toMatchObject({
      code: 'usage',
      what: expect.stringContaining(expected),
    });
  });
});

it('the help of a command says what it declares', () => {
  expect(helpText('athene copy', copy)).toBe(
    `athene copy FROM [TO...] [options]

Copies a file.

  -f, --force  over what is there
  --mode M     its mode
  --skip NAME  leaves one out; several times

Slowly.`,
  );
});

it('the help of a group lists its commands, but not hidden ones', () => {
  const hidden = defineCommand({ name: 'x', summary: 'for programs', hidden: true, run: async () => 0 });
  const files = defineGroup({ name: 'files', summary: 'files', usual: 'copy', commands: [copy, hidden] });
  expect(helpText('athene files', files)).toBe(
    `athene files COMMAND

Files.

  copy FROM [TO...]  copies a file (what athene files alone does)

More: athene files COMMAND --help`,
  );
});
