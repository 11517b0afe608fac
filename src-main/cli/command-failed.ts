import type { Problem } from '#shared/domain/problem.ts';
import { plainLines } from './table.ts';

/** Ends a command with exit code 1 and the problem on stderr. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.what);
    this.problem = problem;
  }
}

/** What happened on the first line; what was kept and what to do below. */
export function printProblem({ what, kept, todo, details }: Problem): void {
  const lines = [what, kept, todo].filter((line) => line !== undefined && line !== '');
  process.stderr.write(`${plainLines(lines.join('\n'))}\n`);
  if (details !== undefined && process.env['ATHENE_DEBUG'] === '1') process.stderr.write(`${plainLines(details)}\n`);
}
