// Which code host a project has: the one that its entry names, else the one that its repository implies.
import { nameOfPlugin, type Project } from '#shared/domain/project.ts';
import { parseRepositoryName } from '#shared/domain/repository-name.ts';
import type { Gh } from '../../lib/gh.ts';
import type { Git } from '../../lib/git.ts';
import type { CodeHost } from './code-host.ts';
import { createGitHub } from './github/github-code-host.ts';

/** Null: there is none. */
export function chooseCodeHost(
  { scm, repo }: Pick<Project, 'scm' | 'repo'>,
  { gh, git }: { readonly gh: Gh; readonly git: Git },
): CodeHost | null {
  const named = nameOfPlugin(scm);
  const repository = repo === undefined ? null : parseRepositoryName(repo);
  if (repository === null || (named !== null && named !== 'github')) return null;
  return named === 'github' || repository.host === 'github.com' ? createGitHub({ gh, git, repository }) : null;
}
