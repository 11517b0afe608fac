// What is handed to agents, told and switched.
import type { HooksView } from '#shared/domain/hooks-view.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { agentDefinitions } from '../plugins/agents/agent-catalogue.ts';
import type { ConfigurationBroken } from '../projects/config-file.ts';
import type { ProjectConfiguration } from '../projects/configuration.ts';
import { listTrusts } from '../storage/trusts.ts';
import { viewExtensions, withdrawExtensions } from './extension.ts';
import { withdrawTrust, type TrustDependencies } from './trust.ts';
import { ensureWrappers, removeWrappers, wrapperDirectory, wrapperState, wrapperVersion } from './wrappers.ts';

export interface HookSwitch extends TrustDependencies {
  readonly configuration: Pick<ProjectConfiguration, 'settings' | 'setSettings' | 'projects'>;
}

type HookProblem = ConfigurationBroken | Problem<'wrappers-failed'>;

export function hooksStatus(hooks: HookSwitch): Result<HooksView, ConfigurationBroken> {
  const { store, paths, configuration } = hooks;
  const settings = configuration.settings();
  if (!settings.ok) return settings;
  const trustedProjects = configuration.projects().filter(({ trustWorktrees }) => trustWorktrees);
  return ok({
    enabled: settings.value.agentHooks,
    wrappers: {
      path: wrapperDirectory(paths),
      version: wrapperVersion,
      state: process.platform === 'win32' ? 'none' : wrapperState(paths),
    },
    agents: agentDefinitions.map(({ id, name, hooks: told, trust }) => ({
      ...{ id, name },
      hooks: told !== undefined,
      byExtension: told?.extension !== undefined,
      trust: trust?.kind ?? 'none',
    })),
    trustedProjects: trustedProjects.map(({ id }) => id),
    trusts: store.read(listTrusts).map(({ agent, file, path, session }) => ({ agent, file, path, session })),
    extensionsAllowed: settings.value.agentExtensions,
    extensions: [...viewExtensions(hooks)],
  });
}

export async function installHooks(hooks: HookSwitch): Promise<Result<HooksView, HookProblem>> {
  const set = await hooks.configuration.setSettings({ agentHooks: true });
  if (!set.ok) return set;
  try {
    await ensureWrappers(hooks.paths);
  } catch (error) {
    return fail(failed('made', error));
  }
  return hooksStatus(hooks);
}

/** The setting first: nothing is handed over any more while the rest is taken back. Entries that could not be taken out stay in the view. */
export async function removeHooks(hooks: HookSwitch): Promise<Result<HooksView, HookProblem>> {
  const set = await hooks.configuration.setSettings({ agentHooks: false, agentExtensions: false });
  if (!set.ok) return set;
  await withdrawTrust(hooks, () => true);
  await withdrawExtensions(hooks);
  try {
    await removeWrappers(hooks.paths);
  } catch (error) {
    return fail(failed('removed', error));
  }
  return hooksStatus(hooks);
}

const failed = (done: 'made' | 'removed', error: unknown): Problem<'wrappers-failed'> => ({
  code: 'wrappers-failed',
  what: `The wrappers could not be ${done}.`,
  kept: 'Agents run on, with or without them.',
  todo: 'Try again; `athene doctor` looks for what is wrong with this machine.',
  details: String(error),
});
