// A command as data: its words and options. How its arguments are read, `--help`, docs/cli.md and completion all come from that.
import { parseArgs } from 'node:util';
import { CommandFailed } from './command-failed.ts';

/** What a word or a value is, so that a shell can complete it: a kind of thing, or the words themselves. */
export type Takes = 'session' | 'project' | 'agent' | 'file' | 'directory' | readonly string[];

/** A word behind the command's name. Only the last may be left out, or be many. */
export interface Word {
  readonly name: string;
  readonly optional?: true;
  readonly many?: true;
  readonly takes?: Takes;
}

/** Without `value` it is a switch. */
export interface Option {
  readonly says: string;
  readonly short?: string;
  /** What its value is called in the help. */
  readonly value?: string;
  /** It may be given several times. */
  readonly many?: true;
  readonly takes?: Takes;
}
export type Options = Readonly<Record<string, Option>>;

interface Described {
  readonly name: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** Paragraphs below the options. */
  readonly notes?: string;
  /** Programs call it, people don't: it stands in no list. */
  readonly hidden?: true;
}

export interface SingleCommand extends Described {
  readonly kind: 'single';
  /** The words, where `words` does not say it by itself; a line each. */
  readonly usage?: readonly string[];
  readonly words: readonly Word[];
  readonly options: Options;
  /** Resolves with the exit code; throws CommandFailed for what a person should read on stderr. */
  run(args: readonly string[]): Promise<number>;
}

export interface CommandGroup extends Described {
  readonly kind: 'group';
  readonly commands: readonly SingleCommand[];
  /** The one that is meant when none is named. */
  readonly usual?: string;
}

export type Command = SingleCommand | CommandGroup;

type ValueOf<O extends Option> = O extends { readonly value: string }
  ? O extends { readonly many: true }
    ? string[]
    : string
  : boolean;
type WordOf<W extends Word> = W extends { readonly many: true }
  ? readonly string[]
  : W extends { readonly optional: true }
    ? string | undefined
    : string;

export interface Given<O extends Options, W extends readonly Word[]> {
  readonly values: { readonly [Name in keyof O]?: ValueOf<O[Name]> | undefined };
  readonly words: { readonly [I in keyof W]: WordOf<W[I]> };
}

interface Declared<O extends Options, W extends readonly Word[]> extends Described {
  readonly usage?: readonly string[];
  readonly words?: W;
  readonly options?: O;
  run(given: Given<O, W>): Promise<number>;
}

export function defineCommand<const O extends Options = {}, const W extends readonly Word[] = []>({
  run,
  words,
  options,
  ...described
}: Declared<O, W>): SingleCommand {
  const reads = { words: words ?? [], options: options ?? {} };
  // What `readGiven` gives is what `words` and `options` say.
  return { kind: 'single', ...described, ...reads, run: async (args) => run(readGiven(args, reads) as Given<O, W>) };
}

export const defineGroup = (declared: Omit<CommandGroup, 'kind'>): CommandGroup => ({ kind: 'group', ...declared });

/** `--json`, as most commands have it. */
export const jsonOption = { json: { says: 'as JSON' } } as const satisfies Options;

/** Somebody called it wrongly. How it is called is added by whoever knows the whole name. */
export const usageError = (what: string): CommandFailed => new CommandFailed({ code: 'usage', what });

function readGiven(
  args: readonly string[],
  { words, options }: { readonly words: readonly Word[]; readonly options: Options },
): { readonly values: object; readonly words: readonly unknown[] } {
  const { values, positionals } = parsed(args, options);
  return { values, words: matched(positionals, words) };
}

function parsed(args: readonly string[], options: Options) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { short, value, many }]) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
        ...(many === true ? { multiple: true } : {}),
      },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error));
  }
}

function matched(given: readonly string[], words: readonly Word[]): readonly unknown[] {
  const least = words.filter(({ optional }) => optional !== true).length;
  const most = words.at(-1)?.many === true ? Infinity : words.length;
  if (given.length < least || given.length > most) throw usageError(`Expected ${expectation(words)}`);
  return words.map(({ many }, index) => (many === true ? given.slice(index) : given[index]));
}

const expectation = (words: readonly Word[]): string => words.map(wordText).join(' ') || 'no further words';

/** `ID`, `[ID]`, `TEXT...`, `[TEXT...]`. */
export function wordText({ name, optional, many }: Word): string {
  const text = many === true ? `${name}...` : name;
  return optional === true ? `[${text}]` : text;
}
