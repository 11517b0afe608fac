// What git tells about a repository: where it is, its worktrees, its branches and commits.
import { resolve } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { realPathIfThere } from '../../../lib/files.ts';
import type { Git, GitFailure } from '../../../lib/git.ts';
import type { WorkspaceProblem } from '../workspace.ts';

export interface Repository {
  /** Top of the person's own work tree. */
  readonly path: string;
  /** Absolute, links resolved: the directory that all its worktrees share. */
  readonly commonDirectory: string;
}

export async function openRepository(git: Git, path: string): Promise<Result<Repository, WorkspaceProblem>> {
  const told = await git.run(path, ['rev-parse', '--is-bare-repository', '--git-common-dir']);
  if (!told.ok) return fail(notARepository(path, told.problem));
  const [bare, common = '', ...rest] = told.value.split('\n');
  if (!/^(?:true|false)$/.test(bare ?? '') || common === '' || rest.join('') !== '' || common.includes('\0')) {
    return fail(couldNotAsk(garbled(told.value)));
  }
  const commonDirectory = realPathIfThere(resolve(path, common));
  if (bare === 'true' || commonDirectory === null) return fail(bareRepository(path));
  return ok({ path, commonDirectory });
}

function notARepository(path: string, failure: GitFailure): WorkspaceProblem {
  const { details } = failure;
  if (failure.kind === 'not-run') return { ...couldNotAsk(failure), todo: `Check that ${path} is there, then retry.` };
  const what = `${path} is not a git repository, or git may not read it.`;
  return { code: 'not-a-repository', what, todo: 'Check the path of the project.', details };
}

const bareRepository = (path: string): WorkspaceProblem => ({
  code: 'not-a-repository',
  what: `${path} is a bare repository, without files to work on.`,
  todo: 'Add a clone of it as the project instead.',
});

/** git ended well, but what it printed is not what it prints: nothing may be built on that. */
export const garbled = (text: string): GitFailure => ({
  kind: 'not-run',
  code: null,
  details: `git answered with ${JSON.stringify(text.slice(0, 200))}`,
  stderr: '',
});

/** Takes an answer for an object name only when it looks like one. */
export function objectName(answer: Result<string, GitFailure>): Result<string, GitFailure> {
  if (!answer.ok) return answer;
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})\n$/.test(answer.value) ? ok(answer.value.trim()) : fail(garbled(answer.value));
}

export const couldNotAsk = ({ details }: GitFailure): WorkspaceProblem => ({
  code: 'cannot-tell',
  what: 'git could not be asked about the repository.',
  todo: 'Look at the details, and try again.',
  details,
});

/** One entry of `git worktree list`. */
export interface Registration {
  readonly path: string;
  readonly head: string | null;
  /** Full name (`refs/heads/…`); null when detached. */
  readonly branch: string | null;
  /** Reason, possibly empty; null when it is not locked. */
  readonly locked: string | null;
}

export async function listRegistrations(
  git: Git,
  path: string,
): Promise<Result<readonly Registration[], WorkspaceProblem>> {
  const listed = await git.run(path, ['worktree', 'list', '--porcelain']);
  if (!listed.ok) return fail(couldNotAsk(listed.problem));
  return ok(listed.value.split('\n\n').filter(Boolean).map(parseRegistration));
}

function parseRegistration(block: string): Registration {
  const fields = new Map(
    block.split('\n').map((line) => {
      const [name = '', ...rest] = line.split(' ');
      return [name, rest.join(' ')] as const;
    }),
  );
  return {
    path: fields.get('worktree') ?? '',
    head: fields.get('HEAD') ?? null,
    branch: fields.get('branch') ?? null,
    locked: fields.get('locked') ?? null,
  };
}

/** The commit's object name; null when there is no such ref. */
export async function resolveCommit(git: Git, path: string, ref: string): Promise<Result<string | null, GitFailure>> {
  const told = await git.run(path, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  return !told.ok && told.problem.code === 1 ? ok(null) : objectName(told);
}

/** The same for several in one call. Each must be free of line ends; one that is ambiguous counts as not there. */
export async function resolveCommits(
  git: Git,
  path: string,
  refs: readonly string[],
): Promise<Result<readonly (string | null)[], GitFailure>> {
  if (refs.length === 0) return ok([]);
  const input = refs.map((ref) => `${ref}^{commit}\n`).join('');
  const told = await git.run(path, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], { input });
  if (!told.ok) return told;
  const lines = told.value.split('\n').slice(0, -1);
  const legible = lines.every((line) => /^[0-9a-f]+ commit$| (?:missing|ambiguous)$/.test(line));
  if (lines.length !== refs.length || !legible) return fail(garbled(told.value));
  return ok(lines.map((line) => /^([0-9a-f]{40}|[0-9a-f]{64}) commit$/.exec(line)?.[1] ?? null));
}

/** A local branch, tag or remote branch other than `except` from which the commit can be reached; null when there is none. */
export async function keptBy(
  git: Git,
  path: string,
  commit: string,
  where: { readonly in: readonly string[]; readonly except?: string },
): Promise<Result<string | null, GitFailure>> {
  const told = await git.run(path, ['for-each-ref', `--contains=${commit}`, '--format=%(refname)', ...where.in]);
  if (!told.ok) return told;
  const refs = told.value.split('\n').filter((ref) => ref !== '');
  if (refs.some((ref) => !ref.startsWith('refs/'))) return fail(garbled(told.value));
  return ok(refs.find((ref) => ref !== where.except) ?? null);
}
