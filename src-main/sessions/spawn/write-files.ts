// The session's own directory in the home: what the agent is handed over by file. Nothing of ours goes into the worktree.
import { join } from 'node:path';
import { ok } from '#shared/lib/result.ts';
import { ensureDirectory, removeDirectory, writeFileAtomic } from '../../lib/files.ts';
import { promptDeliveryOf } from './prompt-delivery.ts';
import { need, type Spawn, type SpawnStep } from './spawn-step.ts';

export const writeFiles: SpawnStep = {
  name: 'write-files',
  async run(spawn) {
    const launch = launchOf(spawn);
    const directory = directoryOf(spawn);
    ensureDirectory(directory);
    for (const [name, content] of Object.entries(launch.files ?? {})) writeFileAtomic(join(directory, name), content);
    spawn.launch = launch;
    return ok(null);
  },
  async undo({ paths }, session) {
    await removeDirectory(paths.sessionDirectory(session), paths.sessions);
    return ok(null);
  },
};

function launchOf(spawn: Spawn) {
  const { definition, program } = need(spawn.agent, 'agent');
  const record = need(spawn.record, 'record');
  return definition.launch({
    session: record.id,
    project: record.project,
    workspacePath: need(record.workspace, 'workspace').path,
    sessionDirectory: directoryOf(spawn),
    prompt: promptDeliveryOf(definition, record.prompt) === 'handed-over' ? record.prompt : null,
    systemPromptFile: null,
    command: record.command,
    conversation: record.conversation,
    permissions: record.permissions,
    model: record.model,
    program,
    shell: need(spawn.login, 'login').shell,
    hook: null,
    trusted: need(spawn.project, 'project').trustWorktrees === true,
  });
}

const directoryOf = ({ dependencies, record }: Spawn): string =>
  dependencies.paths.sessionDirectory(need(record, 'record').id);
