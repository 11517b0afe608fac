// All that can't be read of config.yaml and of repositories' own files.
import type { ConfigTrouble } from '#shared/domain/configuration.ts';
import type { RawConfig } from './config-file.ts';
import { readNotifiers } from './read-notifiers.ts';
import { settingsTroubles } from './read-settings.ts';
import type { ReadConfiguration } from './whole-config.ts';

/** Settings and notifiers are read on their own. */
export const allTroubles = (config: RawConfig, { troubles }: ReadConfiguration): readonly ConfigTrouble[] => [
  ...troubles,
  ...settingsTroubles(config),
  ...readNotifiers(config).troubles,
];
