// From a session's record to what is started in its terminal, the same for a spawn and a restore.
import { join } from 'node:path';
import type { SessionRecord } from '#shared/domain/session.ts';
import { ensureDirectory, writeFileAtomic } from '../../lib/files.ts';
import type { LoginEnvironment } from '../../lib/login-environment.ts';
import type { AgentDefinition, Launch, LaunchContext } from '../../plugins/agents/agent.ts';
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

/** `prompt`: handed over with the arguments; null when it is typed, or there is none. */
export function firstLaunch(task: LaunchTask, prompt: string | null): Launch {
  return withFiles(task, task.definition.launch({ ...contextOf(task), prompt }));
}

/** Goes on with the agent's own conversation where it can; else starts it anew, without a prompt. */
export function launchAgain(task: LaunchTask): { readonly launch: Launch; readonly resumed: boolean } {
  const { definition, record } = task;
  const context = contextOf(task);
  const resumed =
    record.conversation === null
      ? null
      : (definition.resume?.({ ...context, conversation: record.conversation }) ?? null);
  return { launch: withFiles(task, resumed ?? definition.launch(context)), resumed: resumed !== null };
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

/** The session's own directory in the home: what the agent is handed over by file. Nothing of ours goes into the worktree. */
function withFiles({ dependencies, record }: LaunchTask, launch: Launch): Launch {
  const directory = dependencies.paths.sessionDirectory(record.id);
  ensureDirectory(directory);
  for (const [name, content] of Object.entries(launch.files ?? {})) writeFileAtomic(join(directory, name), content);
  return launch;
}
