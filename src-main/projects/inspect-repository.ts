// Looks at a directory that somebody wants as a project: is it a repository's own work tree, and what are its branch and origin?
import { dirname, isAbsolute, resolve } from 'node:path';
import { isPlainText } from '#shared/domain/identifier.ts';
import type { Problem } from '#shared/domain/problem.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { isBelow, realPathIfThere } from '../lib/files.ts';
import { withoutCredentials, type Git } from '../lib/git.ts';
import type { HomePaths } from '../storage/paths.ts';

export interface InspectedRepository {
  /** Top of the work tree, links resolved. */
  readonly path: string;
  readonly defaultBranch: string;
  /** `host/owner/repo`; null without an origin that looks like one. */
  readonly repo: string | null;
}

export type InspectionProblem = Problem<'not-a-repository' | 'project-refused'>;
const kept = 'Nothing was changed.';

export async function inspectRepository(
  { git, paths }: { readonly git: Git; readonly paths: HomePaths },
  given: string,
): Promise<Result<InspectedRepository, InspectionProblem>> {
  const found = realDirectory(given);
  if (!found.ok) return found;
  const path = found.value;
  if (path === paths.home || isBelow(path, paths.worktrees)) return fail(ownPlace(path));
  const told = await git.run(path, [
    'rev-parse',
    '--is-bare-repository',
    '--is-inside-work-tree',
    '--git-dir',
    '--git-common-dir',
  ]);
  if (!told.ok) return fail(notARepository(path, told.problem));
  const [bare, inside, gitDirectory = '', commonDirectory = ''] = told.value.split('\n');
  if (bare === 'true' || inside !== 'true') return fail(bareRepository(path));
  const top = await git.run(path, ['rev-parse', '--show-toplevel']);
  const topPath = top.ok ? realPathIfThere(top.value.trimEnd()) : null;
  if (topPath === null) return fail(bareRepository(path));
  if (topPath !== path) return fail(insideOf(path, topPath));
  if (resolve(path, gitDirectory) !== resolve(path, commonDirectory)) {
    return fail(linkedWorktree(path, dirname(resolve(path, commonDirectory))));
  }
  return ok({ path, defaultBranch: await defaultBranchOf(git, path), repo: await originOf(git, path) });
}

function realDirectory(given: string): Result<string, InspectionProblem> {
  const refused = (what: string): InspectionProblem => ({
    code: 'project-refused',
    what,
    kept,
    todo: 'Give the absolute path of a directory on this machine.',
  });
  if (!isPlainText(given) || /[\n\t]/.test(given) || Buffer.byteLength(given) > 4096)
    return fail(refused('That is not a usable path.'));
  if (!isAbsolute(given)) return fail(refused(`${given} is not an absolute path.`));
  try {
    const real = realPathIfThere(given);
    return real === null ? fail(refused(`There is nothing at ${given}.`)) : ok(real);
  } catch (error) {
    return fail({ ...refused(`${given} can't be looked at.`), details: String(error) });
  }
}

function notARepository(
  path: string,
  failure: { readonly details: string; readonly stderr: string },
): InspectionProblem {
  const { details, stderr } = failure;
  if (/dubious ownership/.test(stderr)) {
    return {
      code: 'project-refused',
      what: `git does not trust ${path}, because another user owns it.`,
      kept,
      todo: `If you trust it: git config --global --add safe.directory ${path}`,
      details,
    };
  }
  return {
    code: 'not-a-repository',
    what: `${path} is not a git repository.`,
    kept,
    todo: 'Make it one (git init, then a first commit), or choose another folder.',
    details,
  };
}

const bareRepository = (path: string): InspectionProblem => ({
  code: 'not-a-repository',
  what: `${path} has no work tree: it is a bare repository, or the inside of a .git.`,
  kept,
  todo: 'Add a clone of it instead.',
});

const insideOf = (path: string, top: string): InspectionProblem => ({
  code: 'project-refused',
  what: `${path} is a folder inside of the repository ${top}.`,
  kept,
  todo: `Add the whole repository: ${top}`,
});

const linkedWorktree = (path: string, main: string): InspectionProblem => ({
  code: 'project-refused',
  what: `${path} is a linked worktree; the repository itself is elsewhere.`,
  kept,
  todo: `Add the repository: ${main}`,
});

const ownPlace = (path: string): InspectionProblem => ({
  code: 'project-refused',
  what: `${path} belongs to Athene itself.`,
  kept,
  todo: 'Add the repository that the worktree was made from.',
});

/** What the origin calls its head, else `main` or `master` when there is one, else the branch that is checked out. */
async function defaultBranchOf(git: Git, path: string): Promise<string> {
  const remote = await git.run(path, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  if (remote.ok) return remote.value.trim().replace(/^origin\//, '');
  for (const name of ['main', 'master']) {
    if ((await git.run(path, ['show-ref', '--verify', '--quiet', `refs/heads/${name}`])).ok) return name;
  }
  const current = await git.run(path, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  return current.ok ? current.value.trim() : 'main';
}

async function originOf(git: Git, path: string): Promise<string | null> {
  const told = await git.run(path, ['config', '--get', 'remote.origin.url']);
  return told.ok ? repositoryName(told.value.trim()) : null;
}

/** `git@host:owner/repo.git`, `https://user:token@host/owner/repo` … become `host/owner/repo`; null for local paths. */
export function repositoryName(url: string): string | null {
  const clean = withoutCredentials(url);
  const match =
    /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/i.exec(clean) ??
    /^(?:[^@/:]+@)?([^@/:]+):(?!\/\/)(.+)$/.exec(clean);
  const [, host, rest] = match ?? [];
  if (host === undefined || rest === undefined || !host.includes('.') || /^file:/i.test(clean)) return null;
  const name = `${host}/${rest
    .replace(/[?#].*$/, '')
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '')}`;
  return /^[\w.-]+(?:\/[\w.~-]+)+$/.test(name) && name.length <= 500 ? name : null;
}
