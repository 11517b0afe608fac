// Which code host a project has: the one that its entry names, else the one that its repository implies.
import { nameOfPlugin, type Project } from '#shared/domain/project.ts';
import { fullName, parseRepositoryName } from '#shared/domain/repository-name.ts';
import type { Gh } from '../../lib/gh.ts';
import type { Git } from '../../lib/git.ts';
import type { CodeHost } from './code-host.ts';
import { createGitHub } from './github/github-code-host.ts';

export type CodeHosts = (project: Pick<Project, 'scm' | 'repo'>) => CodeHost | null;

/** Null: the project has none. Each repository has one code host for all who ask, with what it remembers. */
export function openCodeHosts(programs: {
  readonly gh: Gh;
  readonly git: Git;
  readonly now: () => number;
  /** Code hosts of plug-ins, by name. */
  readonly others?: (name: string) => CodeHost | null;
}): CodeHosts {
  const open = new Map<string, CodeHost>();
  return ({ scm, repo }) => {
    const named = nameOfPlugin(scm);
    const other = named === null ? null : (programs.others?.(named) ?? null);
    if (other !== null) return other;
    const repository = repo === undefined ? null : parseRepositoryName(repo);
    if (repository === null || (named !== null && named !== 'github')) return null;
    if (named === null && repository.host !== 'github.com') return null;
    const key = fullName(repository).toLowerCase();
    const host = open.get(key) ?? createGitHub({ ...programs, repository });
    open.set(key, host);
    return host;
  };
}
