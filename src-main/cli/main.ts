// The `athene` command: finds the command that is meant, runs it, and turns its outcome into an exit code.
import type { Problem } from '#shared/domain/problem.ts';
import { CommandFailed, printProblem } from './command-failed.ts';
import { helpText } from './command-text.ts';
import { asksHelp, beforeWords, explained, findCommand, whichOf } from './find-command.ts';
import { help } from './help.ts';
import { onStreamMade } from '../lib/standard-output.ts';
import { jsonLine } from './table.ts';

const otherNames: Readonly<Record<string, string>> = { '--version': 'version', '--help': 'help', '-h': 'help' };

async function main([given = 'help', ...args]: readonly string[]): Promise<number> {
  const name = Object.hasOwn(otherNames, given) ? (otherNames[given] ?? given) : given;
  if (name !== 'help') return run(name, args);
  const [about, ...more] = args;
  return about === undefined ? print(await help()) : run(about, [...more, '--help']);
}

async function run(name: string, args: readonly string[]): Promise<number> {
  const found = await findCommand(name, args);
  const { command } = found;
  if (asksHelp(found.args)) return print(helpText(found.name, command));
  if (command.kind === 'group') throw whichOf(found.name, command);
  return command.run(found.args).catch((error: unknown) => {
    throw explained(error, { ...found, command });
  });
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

/** Whoever reads JSON gets the problem as such; people get it in any case. */
async function reportFailure(error: unknown, args: readonly string[]): Promise<number> {
  const problem = error instanceof CommandFailed ? error.problem : await ofStore(error);
  if (problem === null) {
    process.stderr.write(`athene: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
  printProblem(problem);
  if (beforeWords(args).includes('--json')) process.stdout.write(jsonLine({ error: problem }));
  return 1;
}

const ofStore = async (error: unknown): Promise<Problem | null> =>
  (await import('../host/store-problems.ts')).storeProblem(error);

onStreamMade((name, stream) =>
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that went away (`athene status | head`) is no failure of ours, and no reason to leave a spawn half done. That nobody reads
    // what failed can be said nowhere.
    if (name === 'stdout' && error.code !== 'EPIPE') process.exitCode = 1;
  }),
);

const given = process.argv.slice(2);
process.exitCode = Math.max(
  Number(process.exitCode ?? 0),
  await main(given).catch((error: unknown) => reportFailure(error, given)),
);
