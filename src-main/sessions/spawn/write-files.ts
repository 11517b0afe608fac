// The session's own directory in the home, with what its agent is handed over by file.
import { ok } from '#shared/lib/result.ts';
import { removeDirectory } from '../../lib/files.ts';
import { firstLaunch, type LaunchTask } from '../launch/prepare-launch.ts';
import { need, type Spawn, type SpawnStep } from './spawn-step.ts';

export const writeFiles: SpawnStep = {
  name: 'write-files',
  async run(spawn) {
    spawn.launch = await firstLaunch(launchTask(spawn));
    return ok(null);
  },
  async undo({ paths, hooks }, session) {
    await hooks.withdrawTrust(session);
    await removeDirectory(paths.sessionDirectory(session), paths.sessions);
    return ok(null);
  },
};

export const launchTask = (spawn: Spawn): LaunchTask => ({
  dependencies: spawn.dependencies,
  ...need(spawn.agent, 'agent'),
  record: need(spawn.record, 'record'),
  login: need(spawn.login, 'login'),
  project: need(spawn.project, 'project'),
});
