// What `--help` prints, from what a command declares.
import { wordText, type Command, type CommandGroup, type Option, type SingleCommand } from './command.ts';

/** Columns of a terminal that is as narrow as they usually get. */
const width = 100;

/** @param name all of it: `athene session ls` */
export const helpText = (name: string, command: Command): string =>
  command.kind === 'group' ? groupText(name, command) : singleText(name, command);

/** A line for each way to call it. */
export function usageLines(name: string, { usage, words, options }: SingleCommand): readonly string[] {
  const ways = usage ?? [words.map(wordText).join(' ')];
  const last = Object.keys(options).length === 0 ? '' : '[options]';
  return ways.map((way) => [name, way, last].filter((part) => part !== '').join(' '));
}

/** `-f, --file FILE`. */
export function optionText(name: string, { short, value }: Option): string {
  const long = value === undefined ? `--${name}` : `--${name} ${value}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function singleText(name: string, command: SingleCommand): string {
  const options = Object.entries(command.options).map(([each, option]) => [
    optionText(each, option),
    option.many === true ? `${option.says}; several times` : option.says,
  ]);
  return paragraphs([
    usageLines(name, command).join('\n'),
    sentence(command.summary),
    inColumns(options),
    command.notes,
  ]);
}

function groupText(name: string, { summary, commands, usual, notes }: CommandGroup): string {
  const rows = shown(commands).map((each) => [
    [each.name, ...each.words.map(wordText)].join(' '),
    each.name === usual ? `${each.summary} (what ${name} alone does)` : each.summary,
  ]);
  return paragraphs([
    `${name} COMMAND`,
    sentence(summary),
    inColumns(rows),
    notesText(notes),
    `More: ${name} COMMAND --help`,
  ]);
}

const notesText = (notes = ''): string =>
  notes
    .split('\n')
    .flatMap((line) => wrapped(line, width))
    .join('\n');

export const shown = <T extends Pick<Command, 'hidden'>>(commands: readonly T[]): readonly T[] =>
  commands.filter(({ hidden }) => hidden !== true);

const sentence = (summary: string): string => `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;

const paragraphs = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');

/** What something is called, and beside it, wrapped, what it does. */
export function inColumns(rows: readonly (readonly string[])[]): string {
  const left = Math.min(Math.max(0, ...rows.map(([name = '']) => name.length)), 34);
  return rows
    .map(([name = '', says = '']) => {
      const lines = wrapped(says, width - left - 4);
      const head = name.length > left ? [`  ${name}`] : [`  ${name.padEnd(left)}  ${lines.shift() ?? ''}`];
      return [...head, ...lines.map((line) => `  ${''.padEnd(left)}  ${line}`)].join('\n');
    })
    .join('\n');
}

function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
