// What goes along with every launch. That it can't be made stops no launch: then states are concluded from terminals, and the agent asks.
import { join } from 'node:path';
import { isBelow } from '../lib/files.ts';
import type { HandOver } from '../plugins/agents/agent.ts';
import type { TrustEntry } from '../storage/trusts.ts';
import { placeExtension, viewExtensions, withdrawExtensions, type ExtensionView } from './extension.ts';
import { grantTrust, withdrawTrust, type TrustDependencies, type TrustedLaunch } from './trust.ts';
import { ensureWrappers, type Wrappers } from './wrappers.ts';

export interface HandedAlong {
  /** First on the agent's PATH, checked; null when there is none. */
  readonly wrappers: string | null;
  readonly handOvers: readonly HandOver[];
}

export interface LaunchHooks {
  /** @param trusts the person agreed that agents may trust worktrees of the project */
  along(launch: TrustedLaunch, trusts: boolean): Promise<HandedAlong>;
  /** Takes back what was entered into agents' own files for a session, when its worktree goes. */
  withdrawTrust(session: string): Promise<void>;
  /** The same for all worktrees of a project, when the person does not agree any more. */
  withdrawTrustOf(project: string): Promise<void>;
  /** Directories of ours beside agents' own extensions, and whether they are to be there. */
  extensions(): { readonly wanted: boolean; readonly placed: readonly ExtensionView[] };
  /** Takes them out; all of them, when none is named. */
  withdrawExtensions(directory?: string): Promise<void>;
}

export interface LaunchHookDependencies extends TrustDependencies {
  /** False when the person has switched it all off. */
  readonly wanted: () => boolean;
  /** True when the person agreed to directories beside agents' own extensions. */
  readonly extensionsAllowed: () => boolean;
}

export function createLaunchHooks(dependencies: LaunchHookDependencies): LaunchHooks {
  const { paths, wanted, extensionsAllowed, log } = dependencies;
  const withdraw = async (wanted: (entry: TrustEntry) => boolean): Promise<void> => {
    await withdrawTrust(dependencies, wanted).catch((error: unknown) => log('trust.failed', { error: String(error) }));
  };
  return {
    async along(launch, trusts) {
      if (!wanted()) return { wrappers: null, handOvers: [] };
      const wrappers = await wrappersIfPossible(dependencies);
      const hooks = wrappers === null ? undefined : launch.definition.hooks?.handOver(launch.context, wrappers.hook);
      if (hooks !== undefined && extensionsAllowed()) await extensionIfPossible(dependencies, launch);
      const trust = trusts ? await trustIfPossible(dependencies, launch) : {};
      return { wrappers: wrappers?.directory ?? null, handOvers: [hooks ?? {}, trust] };
    },
    withdrawTrust: (session) => withdraw((entry) => entry.session === session),
    withdrawTrustOf: (project) => withdraw(({ path }) => isBelow(path, join(paths.worktrees, project))),
    extensions: () => ({ wanted: wanted() && extensionsAllowed(), placed: viewExtensions(dependencies) }),
    withdrawExtensions: (only) =>
      withdrawExtensions(dependencies, ({ directory }) => only === undefined || only === directory),
  };
}

async function wrappersIfPossible({ paths, log }: LaunchHookDependencies): Promise<Wrappers | null> {
  try {
    return await ensureWrappers(paths);
  } catch (error) {
    log('wrappers.failed', { error: String(error) });
    return null;
  }
}

async function extensionIfPossible(dependencies: LaunchHookDependencies, launch: TrustedLaunch): Promise<void> {
  try {
    await placeExtension(dependencies, launch.definition, launch.context);
  } catch (error) {
    dependencies.log('extension.failed', { error: String(error) });
  }
}

async function trustIfPossible(dependencies: LaunchHookDependencies, launch: TrustedLaunch): Promise<HandOver> {
  try {
    return await grantTrust(dependencies, launch);
  } catch (error) {
    dependencies.log('trust.failed', { error: String(error) });
    return {};
  }
}
