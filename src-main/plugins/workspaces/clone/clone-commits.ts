// Every commit by which something in a clone is held: branches, tags, snapshots, each entry of the stash, a head on no branch.
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git, GitFailure } from '../../../lib/git.ts';
import { garbled, resolveCommits } from '../worktree/repository.ts';

export interface CloneCommit {
  /** Full name of its ref; `HEAD` or `stash` where it has none. */
  readonly name: string;
  readonly commit: string;
  /** Its branch is the one that is checked out. */
  readonly checkedOut: boolean;
}

/** Branches first, so that what they hold needs no ref of its own. What the remote holds is not the clone's. */
export async function commitsOf(git: Git, clone: string): Promise<Result<readonly CloneCommit[], GitFailure>> {
  const complaints: string[] = [];
  const [listed, stashed, head] = [
    await git.run(clone, ['for-each-ref', '--format=%(refname)'], { onLine: (line) => complaints.push(line) }),
    await git.run(clone, ['stash', 'list', '--format=%H']),
    await git.run(clone, ['symbolic-ref', '--quiet', 'HEAD']),
  ];
  if (!listed.ok) return listed;
  // git only warns of a ref that it can't read, and nobody knows what that one held.
  if (complaints.some((line) => /broken ref|bad ref/i.test(line))) return fail(garbled(complaints.join('\n')));
  if (!stashed.ok) return stashed;
  if (!head.ok && head.problem.code !== 1) return head;
  const current = head.ok ? head.value.trimEnd() : 'HEAD';
  const refs = listed.value
    .split('\n')
    .filter((ref) => ref !== '' && !/^refs\/(?:remotes|stash$|athene\/leaving)/.test(ref));
  const names = [...refs.filter(isBranch), ...(head.ok ? [] : ['HEAD']), ...refs.filter((ref) => !isBranch(ref))];
  const resolved = await resolveCommits(git, clone, names);
  if (!resolved.ok) return resolved;
  const stash = stashed.value.split('\n').filter((commit) => commit !== '');
  if (stash.some((commit) => !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit))) return fail(garbled(stashed.value));
  return ok([
    // A tag may name something that is no commit.
    ...names.flatMap((name, index) => {
      const commit = resolved.value[index] ?? null;
      return commit === null ? [] : [{ name, commit, checkedOut: name === current }];
    }),
    ...stash.map((commit) => ({ name: 'stash', commit, checkedOut: false })),
  ]);
}

const isBranch = (ref: string): boolean => ref.startsWith('refs/heads/');
