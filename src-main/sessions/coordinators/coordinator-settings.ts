// What the person has agreed to and allowed for agents that lead others, from the settings.
import type { CoordinatorLimits } from '#shared/domain/coordinator-limits.ts';
import { defaultSettings, type Settings } from '#shared/domain/settings.ts';
import type { ProjectConfiguration } from '../../projects/configuration.ts';

type Configuration = Pick<ProjectConfiguration, 'settings'>;

export function limitsIn(configuration: Configuration): CoordinatorLimits {
  const settings = settingsIn(configuration);
  return {
    workers: settings.coordinatorWorkers,
    spawnsPerHour: settings.coordinatorSpawnsPerHour,
    depth: { orchestrator: settings.orchestratorDepth, 'meta-orchestrator': settings.metaOrchestratorDepth },
  };
}

/** What can't be read was not agreed to. */
export const hasConsent = (configuration: Configuration): boolean =>
  settingsIn(configuration).permissionlessCoordinators;

function settingsIn(configuration: Configuration): Settings {
  const settings = configuration.settings();
  return settings.ok ? settings.value : defaultSettings;
}
