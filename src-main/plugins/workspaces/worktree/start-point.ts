// Where a new branch starts: the base that was asked for, else the default branch as the remote has it, else as it is here.
import { join } from 'node:path';
import { isSafeBranch } from '#shared/domain/branch.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { probePath, touch } from '../../../lib/files.ts';
import type { WorkspaceProblem, WorkspaceSpec } from '../workspace.ts';
import { couldNotAsk, resolveCommits } from './repository.ts';
import type { WorktreeDependencies } from './worktree-dependencies.ts';

export interface StartPoint {
  readonly commit: string;
  /** As git knows it: `refs/remotes/origin/main`, `HEAD`, an object name. */
  readonly ref: string;
}

export async function findStartPoint(
  { git }: Pick<WorktreeDependencies, 'git'>,
  spec: WorkspaceSpec,
): Promise<Result<StartPoint, WorkspaceProblem>> {
  const refs = candidates(spec);
  const commits = await resolveCommits(git, spec.project.path, refs);
  if (!commits.ok) return fail(couldNotAsk(commits.problem));
  const found = commits.value.findIndex((commit) => commit !== null);
  const [commit, ref] = [commits.value[found], refs[found]];
  return commit && ref ? ok({ commit, ref }) : fail(baseMissing(spec));
}

function candidates({ base, branch, project }: WorkspaceSpec): readonly string[] {
  if (base !== null) {
    if (!isSafeBranch(base)) return [];
    return [`refs/heads/${base}`, `refs/remotes/${base}`, `refs/tags/${base}`, base, `refs/remotes/origin/${base}`];
  }
  const usual = isSafeBranch(project.defaultBranch)
    ? [`refs/remotes/origin/${project.defaultBranch}`, `refs/heads/${project.defaultBranch}`]
    : [];
  return [`refs/remotes/origin/${branch}`, ...usual, 'HEAD'];
}

function baseMissing({ base, project }: WorkspaceSpec): WorkspaceProblem {
  const kept = 'Nothing was created.';
  return base === null
    ? {
        code: 'base-missing',
        what: `The repository ${project.path} has no commit yet, so no branch can start in it.`,
        kept,
        todo: 'Make a first commit (an empty one will do: git commit --allow-empty -m "Start"), then try again.',
      }
    : {
        code: 'base-missing',
        what: `There is no branch, tag or commit "${base}" in ${project.path}.`,
        kept,
        todo: 'Choose another base, or fetch it first.',
      };
}

/** Milliseconds: an offline machine must not wait for its network at every spawn. */
const fetchCap = 4000;
const fetchAge = 60_000;

/** Best effort; says nothing when there is no remote or the last try is under a minute old. */
export async function refreshBase(
  { git, paths, now }: WorktreeDependencies,
  spec: WorkspaceSpec,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const branch = spec.base ?? spec.project.defaultBranch;
  const marker = join(paths.run, `fetched-${spec.project.id}`);
  const last = probePath(marker);
  if (!isSafeBranch(branch) || (spec.base === null && last.kind === 'file' && now() - last.modifiedAt < fetchAge))
    return;
  touch(marker);
  const remotes = await git.run(spec.project.path, ['remote']);
  if (!remotes.ok || !remotes.value.split('\n').includes('origin')) return;
  progress(`Fetching ${branch} from origin`);
  const refspec = `+refs/heads/${branch}:refs/remotes/origin/${branch}`;
  const fetched = await git.run(
    spec.project.path,
    ['fetch', '--no-tags', '--quiet', '--no-write-fetch-head', '--end-of-options', 'origin', refspec],
    { timeoutMs: fetchCap, signal },
  );
  if (!fetched.ok && !signal.aborted) progress(`Could not fetch ${branch}; going on with what is here`);
}
