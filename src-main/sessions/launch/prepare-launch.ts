// From a session's record to what is started in its terminal, the same for a spawn and a restore.
import { join } from 'node:path';
import type { SessionRecord } from '#shared/domain/session.ts';
import { ensureDirectory, writeFileAtomic } from '../../lib/files.ts';
import type { LoginEnvironment } from '../../lib/login-environment.ts';
import type { AgentDefinition, HandOver, Launch, LaunchContext } from '../../plugins/agents/agent.ts';
import type { KnownProject, SessionDependencies } from '../dependencies.ts';

export interface LaunchTask {
  readonly dependencies: SessionDependencies;
  /** Its workspace is there. */
  readonly record: SessionRecord;
  readonly definition: AgentDefinition;
  /** Absolute path of the found program; null for agents that need none. */
  readonly program: string | null;
  readonly login: LoginEnvironment;
  readonly project: KnownProject;
}

export interface PreparedLaunch extends Launch {
  /** Directory that stands first on the agent's PATH; null when there is none. */
  readonly wrappers: string | null;
}

/** `prompt`: handed over with the arguments; null when it is typed, or there is none. */
export async function firstLaunch(task: LaunchTask, prompt: string | null): Promise<PreparedLaunch> {
  const context = { ...contextOf(task), prompt };
  return prepared(task, context, task.definition.launch(context));
}

/** Goes on with the agent's own conversation where it can; else starts it anew, without a prompt. */
export async function launchAgain(
  task: LaunchTask,
): Promise<{ readonly launch: PreparedLaunch; readonly resumed: boolean }> {
  const { definition, record } = task;
  const context = contextOf(task);
  const resumed =
    record.conversation === null
      ? null
      : (definition.resume?.({ ...context, conversation: record.conversation }) ?? null);
  return { launch: await prepared(task, context, resumed ?? definition.launch(context)), resumed: resumed !== null };
}

function contextOf({ dependencies, record, program, login }: LaunchTask): LaunchContext {
  if (record.workspace === null) throw new Error(`${record.id} has no workspace to be launched in`);
  return {
    session: record.id,
    project: record.project,
    workspacePath: record.workspace.path,
    sessionDirectory: dependencies.paths.sessionDirectory(record.id),
    prompt: null,
    systemPromptFile: null,
    command: record.command,
    conversation: record.conversation,
    permissions: record.permissions,
    model: record.model,
    program,
    shell: login.shell,
    login: login.env,
  };
}

/** With what goes along with every launch, and the files written: nothing of ours goes into the worktree. */
async function prepared(task: LaunchTask, context: LaunchContext, launch: Launch): Promise<PreparedLaunch> {
  const { dependencies, definition, record, project } = task;
  const along = await dependencies.hooks.along({ definition, record, context }, project.trustWorktrees === true);
  const whole = along.handOvers.reduce(withHandOver, launch);
  writeFiles(context.sessionDirectory, whole);
  return { ...whole, wrappers: along.wrappers };
}

function withHandOver(launch: Launch, handOver: HandOver): Launch {
  const { args = [], env = {}, files = {} } = handOver;
  const [program, ...rest] = launch.argv;
  return {
    argv: [program, ...args, ...rest],
    env: { ...env, ...launch.env },
    files: { ...launch.files, ...files },
  };
}

function writeFiles(directory: string, { files = {} }: Launch): void {
  ensureDirectory(directory);
  for (const [name, content] of Object.entries(files)) writeFileAtomic(join(directory, name), content);
}
