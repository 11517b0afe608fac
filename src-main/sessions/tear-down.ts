// Runs the project's tear-down commands in a workspace that is about to be removed: each with an end, and the first that fails stops the removal.
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { workOf } from '#shared/domain/set-up.ts';
import { isOwnWorkspace } from '#shared/domain/workspace.ts';
import { run, type RunOutcome } from '../lib/exec.ts';
import type { KnownProject, SessionDependencies } from './dependencies.ts';
import { workspaceEnvironment } from './launch/agent-environment.ts';

/** Milliseconds for each command. */
const cap = 60_000;

/** Undefined: there is nothing to tear down. To be called in the proven workspace, once its work is put aside; may run again when the removal is refused after it. */
export function tearDown(
  dependencies: SessionDependencies,
  record: SessionRecord,
  project: KnownProject,
): (() => Promise<Problem<'tear-down-failed'> | null>) | undefined {
  const { tearDown: commands } = workOf(project);
  const { workspace } = record;
  if (commands.length === 0 || workspace === null || !isOwnWorkspace(workspace.kind)) return undefined;
  return () => runAll(dependencies, { record, project, commands, cwd: workspace.path });
}

interface Commands {
  readonly record: SessionRecord;
  readonly project: KnownProject;
  readonly commands: readonly string[];
  readonly cwd: string;
}

/** Null: all ended well. */
async function runAll(
  dependencies: SessionDependencies,
  { record, project, commands, cwd }: Commands,
): Promise<Problem<'tear-down-failed'> | null> {
  const login = await dependencies.login(false);
  const env = workspaceEnvironment({ dependencies, record, project, login });
  for (const [index, command] of commands.entries()) {
    const outcome = await run({ file: login.shell, args: ['-lc', command], cwd, env, timeoutMs: cap });
    dependencies.log('tear-down', { session: record.id, step: index + 1, outcome: outcome.kind });
    if (outcome.kind !== 'exited' || outcome.code !== 0) {
      return failed(record.id, { which: `${index + 1} of ${commands.length}`, command }, outcome);
    }
  }
  return null;
}

function failed(
  id: string,
  { which, command }: { readonly which: string; readonly command: string },
  outcome: RunOutcome,
): Problem<'tear-down-failed'> {
  const how =
    outcome.kind === 'exited'
      ? `ended with ${outcome.signal ?? `exit ${outcome.code}`}`
      : outcome.kind === 'could-not-start'
        ? 'could not be started'
        : outcome.kind === 'timed-out'
          ? `took longer than ${cap / 1000} s`
          : 'printed too much';
  const printed = outcome.kind === 'could-not-start' ? outcome.why : `${outcome.stdout}\n${outcome.stderr}`.trim();
  return {
    code: 'tear-down-failed',
    what: `The tear-down of ${id} failed at ${which}: ${command} ${how}.`,
    kept: 'Nothing was removed.',
    todo: `Mend it and try again, or remove the session without it: athene session remove ${id} --no-tear-down`,
    details: printed.slice(-8000),
  };
}
