// Which command is meant by the words on the command line.
import { CommandFailed } from './command-failed.ts';
import { usageLines } from './command-text.ts';
import { usageError, type Command, type CommandGroup, type SingleCommand } from './command.ts';
import { loadCommand } from './commands.ts';

export interface Found<C = Command> {
  /** All of it: `athene session ls`. */
  readonly name: string;
  readonly command: C;
  readonly args: readonly string[];
}

/** A group comes back when none of its commands is named. */
export async function findCommand(name: string, args: readonly string[]): Promise<Found> {
  const command = await loadCommand(name);
  if (command === null) throw unknown(name);
  return command.kind === 'single'
    ? { name: `athene ${name}`, command, args }
    : memberOf(`athene ${name}`, command, args);
}

function memberOf(name: string, group: CommandGroup, args: readonly string[]): Found {
  const [verb, ...rest] = args;
  if (verb !== undefined && !verb.startsWith('-')) return member(name, group, { verb, args: rest });
  if (group.usual === undefined || asksHelp(args)) return { name, command: group, args };
  return member(name, group, { verb: group.usual, args });
}

function member(
  name: string,
  group: CommandGroup,
  { verb, args }: { readonly verb: string; readonly args: readonly string[] },
): Found<SingleCommand> {
  const command = group.commands.find((each) => each.name === verb);
  if (command === undefined) throw whichOf(name, group);
  return { name: `${name} ${verb}`, command, args };
}

export function whichOf(name: string, { commands }: CommandGroup): CommandFailed {
  const names = commands.filter(({ hidden }) => hidden !== true).map((each) => each.name);
  return withUsage(usageError(`Which of ${names.join(', ')}?`), [`More: ${name} --help`]);
}

/** Behind `--` everything is a word. */
export function asksHelp(args: readonly string[]): boolean {
  const options = beforeWords(args);
  return options.includes('--help') || options.includes('-h');
}

export const beforeWords = (args: readonly string[]): readonly string[] =>
  args.includes('--') ? args.slice(0, args.indexOf('--')) : args;

/** A wrong call is told how it is called. */
export const explained = (error: unknown, { name, command }: Found<SingleCommand>): unknown =>
  error instanceof CommandFailed && error.problem.code === 'usage' && error.problem.todo === undefined
    ? withUsage(error, [...usageLines(name, command).map((line) => `Usage: ${line}`), `More: ${name} --help`])
    : error;

const withUsage = ({ problem }: CommandFailed, lines: readonly string[]): CommandFailed =>
  new CommandFailed({ ...problem, todo: lines.join('\n') });

const unknown = (name: string): CommandFailed =>
  new CommandFailed({
    code: 'command-unknown',
    what: `athene: there is no command ${JSON.stringify(name)}.`,
    todo: '`athene help` lists them.',
  });
