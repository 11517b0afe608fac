import type { Git } from '../../../lib/git.ts';
import type { HomePaths } from '../../../storage/paths.ts';

export interface WorktreeDependencies {
  readonly git: Git;
  readonly paths: HomePaths;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
