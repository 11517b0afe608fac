// From a session's record to what is started in its terminal, the same for a spawn and a restore.
import { dirname, join } from 'node:path';
import type { SessionRecord } from '#shared/domain/session.ts';
import { ensureDirectory, writeFileAtomic } from '../../lib/files.ts';
import { programRoot } from '../../lib/program-root.ts';
import type { LoginEnvironment } from '../../lib/login-environment.ts';
import type { AgentDefinition, HandOver, Launch, LaunchContext } from '../../plugins/agents/agent.ts';
import type { KnownProject, SessionDependencies } from '../dependencies.ts';
import { composeSystemPrompt } from '../prompts/compose-system-prompt.ts';
import { openingWords, systemPromptFile } from './opening-words.ts';
import { promptDeliveryOf } from './prompt-delivery.ts';

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
  /** First on the agent's PATH: our wrappers, if there are any, then the `athene` command. */
  readonly firstOnPath: readonly string[];
}

/** With the first words, unless those are to be typed. */
export async function firstLaunch(task: LaunchTask): Promise<PreparedLaunch> {
  const { dependencies, record, definition } = task;
  const context = contextOf(task);
  const words = openingWords(dependencies, record, definition);
  const prompt = promptDeliveryOf(definition, words) === 'handed-over' ? words : null;
  return prepared(task, { ...context, prompt }, definition.launch);
}

/** Goes on with the agent's own conversation where it can; else starts it anew, without a prompt. */
export async function launchAgain(
  task: LaunchTask,
): Promise<{ readonly launch: PreparedLaunch; readonly resumed: boolean }> {
  const { definition, record } = task;
  let resumed = false;
  const again = (context: LaunchContext): Launch => {
    const { conversation } = record;
    const resume = conversation === null ? null : (definition.resume?.({ ...context, conversation }) ?? null);
    resumed = resume !== null;
    return resume ?? definition.launch(context);
  };
  return { launch: await prepared(task, contextOf(task), again), resumed };
}

/** Writes the system prompt anew: rules and reactions may have changed since the last launch. */
function contextOf(task: LaunchTask): LaunchContext {
  const { dependencies, record, definition, program, login } = task;
  if (record.workspace === null) throw new Error(`${record.id} has no workspace to be launched in`);
  const systemPrompt = writeSystemPrompt(task);
  return {
    session: record.id,
    project: record.project,
    workspacePath: record.workspace.path,
    sessionDirectory: dependencies.paths.sessionDirectory(record.id),
    prompt: null,
    systemPromptFile: definition.systemPrompt === 'file' ? systemPrompt : null,
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
async function prepared(
  task: LaunchTask,
  context: LaunchContext,
  launchWith: (context: LaunchContext) => Launch,
): Promise<PreparedLaunch> {
  const { dependencies, definition, record, project } = task;
  const along = await dependencies.hooks.along({ definition, record, context }, project.trustWorktrees === true);
  const firstOnPath = [...(along.wrappers === null ? [] : [along.wrappers]), join(programRoot(), 'bin')];
  const whole = along.handOvers.reduce(withHandOver, launchWith({ ...context, firstOnPath: firstOnPath.join(':') }));
  writeFiles(context.sessionDirectory, whole);
  return { ...whole, firstOnPath };
}

/** What goes along was made of the same context, so its variables hold what the launch would say in them. */
function withHandOver(launch: Launch, handOver: HandOver): Launch {
  const { args = [], env = {}, files = {} } = handOver;
  const [program, ...rest] = launch.argv;
  return {
    argv: [program, ...args, ...rest],
    env: { ...launch.env, ...env },
    files: { ...launch.files, ...files },
  };
}

/** Null for an agent that is told none. */
function writeSystemPrompt(task: LaunchTask): string | null {
  const { paths } = task.dependencies;
  const text = task.definition.systemPrompt === undefined ? null : composeSystemPrompt(task);
  if (text === null) return null;
  ensureDirectory(paths.sessionDirectory(task.record.id));
  const file = systemPromptFile(paths, task.record.id);
  writeFileAtomic(file, text);
  return file;
}

function writeFiles(directory: string, { files = {} }: Launch): void {
  ensureDirectory(directory);
  for (const [name, content] of Object.entries(files)) {
    if (dirname(name) !== '.') ensureDirectory(join(directory, dirname(name)));
    writeFileAtomic(join(directory, name), content);
  }
}
