// Which code host a project has: the one that its entry names, else the one that its repository implies.
import { nameOfPlugin, type Project } from '#shared/domain/project.ts';
import { fullName, isGitLab, parseGitLabName, parseRepositoryName } from '#shared/domain/repository-name.ts';
import type { Gh } from '../../lib/gh.ts';
import type { Git } from '../../lib/git.ts';
import type { Glab } from '../../lib/glab.ts';
import type { CodeHost } from './code-host.ts';
import { createGitHub } from './github/github-code-host.ts';
import { createGitLab } from './gitlab/gitlab-code-host.ts';

export type CodeHosts = (project: Pick<Project, 'scm' | 'repo'>) => CodeHost | null;

/** Null: the project has none. Each repository has one code host for all who ask, with what it remembers. */
export function openCodeHosts(programs: {
  readonly gh: Gh;
  readonly glab: Glab;
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
    const kind = kindOf(named, repo);
    if (repo === undefined || kind === null) return null;
    const repository = (kind === 'gitlab' ? parseGitLabName : parseRepositoryName)(repo);
    if (repository === null || (named === null && kind === 'github' && repository.host !== 'github.com')) return null;
    const key = `${kind} ${fullName(repository).toLowerCase()}`;
    const create = kind === 'gitlab' ? createGitLab : createGitHub;
    const host = open.get(key) ?? create({ ...programs, repository });
    open.set(key, host);
    return host;
  };
}

function kindOf(named: string | null, repo: string | undefined): 'github' | 'gitlab' | null {
  if (named === null) return repo !== undefined && isGitLab(repo) ? 'gitlab' : 'github';
  return named === 'github' || named === 'gitlab' ? named : null;
}
