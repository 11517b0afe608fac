// A program of the person's own: argv as configured, the notice as JSON on its standard input, never a shell.
import { basename } from 'node:path';
import { plainLine } from '#shared/domain/plain-line.ts';
import { run, type RunOutcome } from '../../lib/exec.ts';
import { findProgram } from '../../lib/find-program.ts';
import { failedForGood, type Notifier, type Told } from './notifier.ts';
import { tidingsJson } from './tidings-json.ts';

export interface CommandTarget {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Bytes that it may print: somebody may want to know why it failed, and no more. */
const longestOutput = 64 * 1024;

export function command({ argv, timeoutMs, env, cwd }: CommandTarget): Notifier {
  const [program = '', ...args] = argv;
  return {
    async tell(tidings, signal) {
      const file = findProgram(program, env['PATH'] ?? '');
      if (file === null) return failedForGood(`${basename(program)} was not found as a program.`);
      const input = `${JSON.stringify(tidingsJson(tidings))}\n`;
      const outcome = await run({ file, args, cwd, env, timeoutMs, input, maxBytes: longestOutput, signal });
      return judge(outcome, basename(program), timeoutMs);
    },
  };
}

function judge(outcome: RunOutcome, name: string, timeoutMs: number): Told {
  if (outcome.kind === 'exited' && outcome.code === 0) return { kind: 'told' };
  if (outcome.kind === 'could-not-start') return failedForGood(`${name} could not be started: ${outcome.why}`);
  const failed = (why: string): Told => ({
    kind: 'failed',
    why: withTail(why, outcome.stderr),
    again: true,
    after: null,
  });
  switch (outcome.kind) {
    case 'exited':
      return failed(`${name} ended with ${outcome.signal ?? `exit ${outcome.code}`}`);
    case 'timed-out':
      return failed(`${name} was ended after ${timeoutMs / 1000} seconds`);
    case 'too-much-output':
      return failedForGood(`${name} printed more than ${longestOutput / 1024} KB and was ended.`);
    case 'cancelled':
      return failed(`${name} was ended because Athene did`);
  }
}

function withTail(why: string, stderr: string): string {
  const last = plainLine(stderr.trim().split('\n').at(-1) ?? '', 200);
  return last === '' ? `${why}.` : `${why}: ${last}`;
}
