// The `athene` command: finds the command that is meant, runs it, and turns its outcome into an exit code.
import { CommandFailed, printProblem } from './command-failed.ts';
import { storeProblem } from '../host/store-problems.ts';
import type { Command } from './command.ts';
import { help } from './help.ts';

/** Each is loaded only when it is called: starting stays cheap. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  project: async () => (await import('./project.ts')).project,
  spawn: async () => (await import('./spawn.ts')).spawn,
  status: async () => (await import('./status.ts')).status,
  spawns: async () => (await import('./spawns.ts')).spawns,
  session: async () => (await import('./session.ts')).session,
  resources: async () => (await import('./resources.ts')).resources,
  answer: async () => (await import('./answer.ts')).answer,
  questions: async () => (await import('./questions.ts')).questions,
  events: async () => (await import('./events.ts')).events,
  explain: async () => (await import('./explain.ts')).explain,
  report: async () => (await import('./report.ts')).report,
  acknowledge: async () => (await import('./report.ts')).acknowledge,
  send: async () => (await import('./send.ts')).send,
  serve: async () => (await import('./serve.ts')).serve,
  fsck: async () => (await import('./fsck.ts')).fsck,
  hooks: async () => (await import('./hooks.ts')).hooks,
  recover: async () => (await import('./recover.ts')).recover,
  rescue: async () => (await import('./rescue.ts')).rescue,
  notify: async () => (await import('./notify.ts')).notify,
  import: async () => (await import('./import.ts')).importCommand,
  demo: async () => (await import('./demo.ts')).demo,
  doctor: async () => (await import('./doctor.ts')).doctor,
  version: async () => (await import('./version.ts')).version,
};

async function main([name = 'help', ...rest]: readonly string[]): Promise<number> {
  if (name === 'help' || name === '--help' || name === '-h') return print(help);
  const load = Object.hasOwn(commands, name === '--version' ? 'version' : name)
    ? commands[name === '--version' ? 'version' : name]
    : undefined;
  if (load === undefined) {
    process.stderr.write(`athene: there is no command ${JSON.stringify(name)}. \`athene help\` lists them.\n`);
    return 1;
  }
  const command = await load();
  const options = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (options.includes('--help') || options.includes('-h')) return print(command.help);
  return command.run(rest);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function reportFailure(error: unknown): number {
  const problem = error instanceof CommandFailed ? error.problem : storeProblem(error);
  if (problem !== null) printProblem(problem);
  else process.stderr.write(`athene: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

// A reader that went away (`athene status | head`) is no failure of ours, and no reason to leave a spawn half done.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exitCode = 1;
});
// There is nowhere left to say it.
process.stderr.on('error', () => undefined);

process.exitCode = Math.max(Number(process.exitCode ?? 0), await main(process.argv.slice(2)).catch(reportFailure));
