// The packaged app brings its own Node, pty host, mirror and command; they run from a copy in the home.
import { join } from 'node:path';
import { ok, type Result } from '#shared/lib/result.ts';
import { installPrograms, type ProgramsProblem } from '../lib/install-programs.ts';
import { setProgramRoot } from '../lib/program-root.ts';
import { type HomeProblem, openHome } from '../storage/paths.ts';

export interface ShippedPrograms {
  /** `app.isPackaged`. In a checkout everything runs from there, and nothing is done. */
  readonly packaged: boolean;
  /** `process.resourcesPath`; the tree is its folder `runtime`. */
  readonly resources: string;
  readonly env: NodeJS.ProcessEnv;
}

/** To be awaited before a host is opened: what that starts is looked for in the copy. */
export async function installShippedPrograms({
  packaged,
  resources,
  env,
}: ShippedPrograms): Promise<Result<null, HomeProblem | ProgramsProblem>> {
  if (!packaged) return ok(null);
  const home = openHome(env);
  if (!home.ok) return home;
  const { runtime, lockFor } = home.value;
  const installed = await installPrograms({
    from: join(resources, 'runtime'),
    into: runtime,
    lock: lockFor('runtime'),
  });
  if (installed.ok) setProgramRoot(installed.value);
  return installed.ok ? ok(null) : installed;
}
