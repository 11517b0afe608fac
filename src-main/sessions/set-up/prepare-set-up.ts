// Between a workspace that was just made and its agent: brings files, and puts the set-up's script in front of the agent.
import { isOwnWorkspace } from '#shared/domain/workspace.ts';
import { workOf, type ProjectWork } from '#shared/domain/set-up.ts';
import { join } from 'node:path';
import { ensureDirectory, writeFileAtomic } from '../../lib/files.ts';
import { excludeFileIn, writeExclude } from '../../lib/git-exclude.ts';
import type { Launch } from '../../plugins/agents/agent.ts';
import type { LaunchTask } from '../launch/prepare-launch.ts';
import { bringFiles, takeBackFiles, type Bringing } from './bring-files.ts';
import { setUpScript } from './set-up-script.ts';
import { readSetUp, setUpFileIn, writeSetUp } from './set-up-state.ts';

/** Whether there is anything to do in this workspace at all. */
export function wantsSetUp({ record, project }: Pick<LaunchTask, 'record' | 'project'>): boolean {
  const { copy, link, setUp } = workOf(project);
  const kind = record.workspace?.kind ?? record.place?.kind ?? 'worktree';
  return record.setUp && isOwnWorkspace(kind) && copy.length + link.length + setUp.length > 0;
}

/** After a restore into the same workspace only what never came to its end is done again. */
export const isUnfinished = ({ dependencies, record }: LaunchTask): boolean => {
  const state = readSetUp(dependencies.paths, record.id);
  return state !== null && state.state !== 'done';
};

/** The launch of the agent, behind its set-up where one is wanted. */
export async function withSetUp<L extends Launch>(
  task: LaunchTask,
  launch: L,
  report: (line: string) => void,
): Promise<L> {
  const directory = task.dependencies.paths.sessionDirectory(task.record.id);
  if (!wantsSetUp(task)) {
    writeSetUp(directory, null);
    return launch;
  }
  ensureDirectory(directory);
  const bringing = bringingOf(task);
  const { paths, lines } = bringFiles(bringing);
  for (const line of lines) report(line);
  const open = await writeExclude(task.dependencies.git, {
    ...{ workspace: bringing.workspace, paths, home: task.login.env['HOME'] },
    file: excludeFileIn(directory),
  });
  const told = open.map((path) => `${path} is not ignored by git; here git leaves it out all the same`);
  const { setUp: commands } = workOf(task.project);
  writeSetUp(directory, firstState(commands));
  const script = join(directory, 'set-up.sh');
  const plan = { commands, lines: [...lines, ...told], shell: task.login.shell, argv: launch.argv };
  writeFileAtomic(script, setUpScript({ ...plan, stateFile: setUpFileIn(directory) }));
  return { ...launch, argv: ['/bin/sh', script] };
}

/** With files alone the set-up is over when they are there. */
const firstState = (commands: readonly string[]) =>
  ({
    state: commands.length === 0 ? 'done' : 'running',
    step: Math.min(1, commands.length),
    of: commands.length,
    command: commands[0] ?? '',
    code: null,
  }) as const;

const bringingOf = ({ record, project }: Pick<LaunchTask, 'record' | 'project'>): Bringing => ({
  checkout: project.path,
  workspace: record.workspace?.path ?? '',
  work: workOf(project),
});

/** Before a workspace that was made in vain is taken back: then nothing in it looks like work. */
export const takeBackBrought = (
  { path, work }: { readonly path: string; readonly work: ProjectWork },
  workspace: string,
): void => takeBackFiles({ checkout: path, workspace, work });
