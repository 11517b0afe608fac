// What goes along with every launch. That it can't be made stops no launch: then states are concluded from terminals alone.
import type { HomePaths } from '../storage/paths.ts';
import { ensureWrappers, type Wrappers } from './wrappers.ts';

export interface LaunchHooks {
  /** What stands first on an agent's PATH, checked; null when it is switched off or can't be made. */
  wrappers(): Promise<Wrappers | null>;
}

export function createLaunchHooks(dependencies: {
  readonly paths: HomePaths;
  /** False when the person has switched them off. */
  readonly wanted: () => boolean;
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}): LaunchHooks {
  const { paths, wanted, log } = dependencies;
  return {
    async wrappers() {
      if (!wanted()) return null;
      try {
        return await ensureWrappers(paths);
      } catch (error) {
        log('wrappers.failed', { error: String(error) });
        return null;
      }
    },
  };
}
