// What the project's worktrees need before an agent starts: files are brought here, commands run in the agent's own terminal.
import { z } from 'zod';
import { ok } from '#shared/lib/result.ts';
import { projectWorkSchema, workOf } from '#shared/domain/set-up.ts';
import { takeBackBrought, wantsSetUp, withSetUp } from '../set-up/prepare-set-up.ts';
import { need, type SpawnStep } from './spawn-step.ts';
import { launchTask } from './write-files.ts';

const intentSchema = z.object({
  bringing: z.object({ path: z.string(), workspace: z.string(), work: projectWorkSchema }).nullable(),
});

export const prepareWorkspace: SpawnStep = {
  name: 'set-up',
  async intend(spawn) {
    const task = launchTask(spawn);
    const { path } = task.project;
    const workspace = need(task.record.workspace, 'workspace').path;
    const bringing = wantsSetUp(task) ? { path, workspace, work: workOf(task.project) } : null;
    return ok({ bringing } satisfies z.infer<typeof intentSchema>);
  },
  async run(spawn, report) {
    spawn.launch = await withSetUp(launchTask(spawn), need(spawn.launch, 'launch'), report);
    return ok(null);
  },
  async undo(_dependencies, _session, intended) {
    const { bringing } = intentSchema.parse(intended);
    if (bringing !== null) takeBackBrought(bringing, bringing.workspace);
    return ok(null);
  },
};
