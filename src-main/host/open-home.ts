// Opens the home and its database, for a host and for a look.
import type { Problem } from '#shared/domain/problem.ts';
import { fail, type Result } from '#shared/lib/result.ts';
import { openGit, type Git } from '../lib/git.ts';
import { openStore } from '../storage/open-database.ts';
import { openHome, type HomePaths } from '../storage/paths.ts';
import type { Opening } from './reading-parts.ts';
import { guarded } from './store-problems.ts';

/** The problems are those of the home, and of a database that stays locked; those of what is done with it. */
export async function withHome<T, P extends Problem>(
  env: NodeJS.ProcessEnv,
  open: (home: Omit<Opening, 'live'>) => Promise<Result<T, P>>,
): Promise<Result<T, Problem>> {
  const home = openHome(env);
  if (!home.ok) return home;
  const paths = home.value;
  return guarded(async () => {
    const opened = await openStore({ database: paths.database, doorbell: paths.doorbell });
    return open({ env, paths, git: gitOf(env, paths), opened });
  });
}

/** Looked for when it is first needed. */
function gitOf(env: NodeJS.ProcessEnv, { home }: HomePaths): () => Git {
  let found: Git | null = null;
  return () => {
    if (found === null) {
      const git = openGit({ env, home });
      found = git.ok ? git.value : withoutGit(git.problem);
    }
    return found;
  };
}

/** What runs can be seen and stopped without git; whatever needs it says that it is missing. */
const withoutGit = ({ what, todo, details }: Problem): Git => ({
  path: '',
  run: async () =>
    fail({ kind: 'not-run', code: null, details: [what, todo, details].filter(Boolean).join('\n'), stderr: '' }),
});
