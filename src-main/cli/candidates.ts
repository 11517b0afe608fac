// What may stand where somebody types at a command line of Athene.
import { shown } from './command-text.ts';
import type { Command, Option, SingleCommand, Takes } from './command.ts';

export interface Candidate {
  readonly name: string;
  readonly says: string;
}

/** Files and directories are found by the shell itself. */
export type Candidates = readonly Candidate[] | 'file' | 'directory';

export interface Sources {
  commands(): Promise<readonly Candidate[]>;
  load(name: string): Promise<Command | null>;
  names(kind: 'session' | 'project' | 'agent'): Promise<readonly Candidate[]>;
}

/** @param words behind `athene`; the last is the one that is typed, perhaps empty. Nothing fits: none. */
export async function candidates(words: readonly string[], sources: Sources): Promise<Candidates> {
  const found = await find(joined(words), sources);
  return typeof found === 'string' ? found : found.filter(({ name }) => name.startsWith(typedIn(words)));
}

async function find(words: readonly string[], sources: Sources): Promise<Candidates> {
  const [name = '', ...rest] = words;
  if (words.length <= 1) return sources.commands();
  const command = await sources.load(name);
  if (command === null) return [];
  if (command.kind === 'single') return within(command, rest, sources);
  const [verb = '', ...args] = rest;
  if (rest.length === 1) return shown(command.commands).map((each) => ({ name: each.name, says: each.summary }));
  const member = command.commands.find((each) => each.name === verb);
  return member === undefined ? [] : within(member, args, sources);
}

async function within(command: SingleCommand, args: readonly string[], sources: Sources): Promise<Candidates> {
  const before = args.slice(0, -1);
  const typed = args.at(-1) ?? '';
  const { plain, open, given, count } = read(command, before);
  if (open !== null) return valuesOf(open.takes, sources);
  const [, long, value] = /^--([a-z-]+)=(.*)$/.exec(typed) ?? [];
  if (!plain && long !== undefined && value !== undefined) {
    const values = await valuesOf(command.options[long]?.takes, sources);
    return typeof values === 'string' ? values : values.map((each) => ({ ...each, name: `--${long}=${each.name}` }));
  }
  if (!plain && typed.startsWith('-')) return optionsOf(command, given);
  const word = command.words[count] ?? (command.words.at(-1)?.many === true ? command.words.at(-1) : undefined);
  return valuesOf(word?.takes, sources);
}

interface ReadSoFar {
  /** Everything is a word from here on. */
  readonly plain: boolean;
  /** The option whose value is to come. */
  readonly open: Option | null;
  readonly given: readonly string[];
  /** Words so far. */
  readonly count: number;
}

function read({ options }: SingleCommand, before: readonly string[]): ReadSoFar {
  let [plain, count] = [false, 0];
  let open: Option | null = null;
  const given: string[] = [];
  for (const word of before) {
    if (open !== null) open = null;
    else if (plain || !/^-./.test(word)) count += 1;
    else if (word === '--') plain = true;
    else {
      const name = nameOf(options, word);
      if (name === null) continue;
      given.push(name);
      const option = options[name];
      open = option?.value !== undefined && !word.includes('=') ? option : null;
    }
  }
  return { plain, open, given, count };
}

function nameOf(options: SingleCommand['options'], word: string): string | null {
  const name = Object.keys(options).find(
    (each) => word === `--${each}` || word.startsWith(`--${each}=`) || word === `-${options[each]?.short}`,
  );
  return name ?? null;
}

const optionsOf = ({ options }: SingleCommand, given: readonly string[]): readonly Candidate[] => [
  ...Object.entries(options)
    .filter(([name, { many }]) => many === true || !given.includes(name))
    .map(([name, { says }]) => ({ name: `--${name}`, says })),
  { name: '--help', says: 'how it is called' },
];

async function valuesOf(takes: Takes | undefined, sources: Sources): Promise<Candidates> {
  if (takes === undefined) return [];
  if (takes === 'file' || takes === 'directory') return takes;
  return typeof takes === 'string' ? sources.names(takes) : takes.map((name) => ({ name, says: '' }));
}

/** Bash takes `--project=a` apart into three. */
function joined(words: readonly string[]): readonly string[] {
  return words
    .filter((word, index) => word !== '=' || index === words.length - 1)
    .map((word) => (word === '=' ? '' : word));
}

const typedIn = (words: readonly string[]): string => (words.at(-1) === '=' ? '' : (words.at(-1) ?? ''));
