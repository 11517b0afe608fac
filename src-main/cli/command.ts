import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CommandFailed } from './command-failed.ts';

export interface Command {
  /** What `--help` prints. */
  readonly help: string;
  /** Resolves with the exit code; throws CommandFailed for what a person should read on stderr. */
  run(args: readonly string[]): Promise<number>;
}

/** Options and positionals of one command; an unknown option is a CommandFailed that shows the command's help. */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  help: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CommandFailed({
      code: 'usage',
      what: error instanceof Error ? error.message : String(error),
      todo: help,
    });
  }
}

/** Exactly `names.length` positionals, else a CommandFailed that shows the help. */
export function readPositionals<const Names extends readonly string[]>(
  positionals: readonly string[],
  names: Names,
  help: string,
): { readonly [I in keyof Names]: string } {
  if (positionals.length !== names.length) {
    throw new CommandFailed({ code: 'usage', what: `Expected ${names.join(' ') || 'no further words'}.`, todo: help });
  }
  return positionals as unknown as { readonly [I in keyof Names]: string };
}
