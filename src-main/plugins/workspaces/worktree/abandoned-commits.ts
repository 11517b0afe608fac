// Commits that only the worktree's own entry in the repository holds: made on a detached head and left, or under a private ref.
import { join } from 'node:path';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { readTextIfThere } from '../../../lib/files.ts';
import type { Git } from '../../../lib/git.ts';
import type { WorkspaceProblem } from '../workspace.ts';
import { couldNotAsk, garbled } from './repository.ts';
import type { WorktreeEntry } from './worktree-place.ts';

const pointers = [
  'ORIG_HEAD',
  'MERGE_AUTOSTASH',
  'rebase-merge/autostash',
  'rebase-merge/orig-head',
  'rebase-apply/autostash',
];
/** Bytes; a longer one is not read, and then nothing may be removed. */
const longestReflog = 16 * 1024 * 1024;
/** More than that many are not one session's work. */
const most = 100;

/** Newest of each line of commits; empty when branches, tags, remotes and snapshots hold them all. */
export async function abandonedCommits(
  git: Git,
  { path, gitDirectory }: WorktreeEntry,
  head: string | null,
): Promise<Result<readonly string[], WorkspaceProblem>> {
  const env = { GIT_DIR: gitDirectory };
  const priv = await git.run(path, ['for-each-ref', '--format=%(objectname)', 'refs/worktree', 'refs/bisect'], { env });
  if (!priv.ok) return fail(couldNotAsk(priv.problem));
  const mentioned = [...new Set([...lines(priv.value), ...noted(gitDirectory)])];
  if (mentioned.length === 0) return ok([]);
  const kinds = await git.run(path, ['cat-file', '--batch-check=%(objecttype)'], {
    env,
    input: `${mentioned.join('\n')}\n`,
  });
  if (!kinds.ok) return fail(couldNotAsk(kinds.problem));
  const told = lines(kinds.value);
  if (told.length !== mentioned.length) return fail(couldNotAsk(garbled(kinds.value)));
  const commits = mentioned.filter((_name, index) => told[index] === 'commit');
  return commits.length === 0 ? ok([]) : unreachable(git, { path, gitDirectory }, commits, head);
}

/** What a branch once was stays in the branch's own reflog, which outlives the worktree. */
async function unreachable(
  git: Git,
  { path, gitDirectory }: WorktreeEntry,
  commits: readonly string[],
  head: string | null,
): Promise<Result<readonly string[], WorkspaceProblem>> {
  const env = { GIT_DIR: gitDirectory };
  const kept = ['--not', '--branches', '--tags', '--remotes', '--glob=refs/athene/rescue', '--glob=refs/stash'];
  if (head !== null) kept.push(head);
  const args = ['rev-list', '--ignore-missing', '--stdin', ...kept];
  const listed = await git.run(path, args, { env, input: `${commits.join('\n')}\n` });
  if (!listed.ok) return fail(couldNotAsk(listed.problem));
  const lost = new Set(lines(listed.value));
  if (lost.size === 0) return ok([]);
  // The reflogs of a clone go with it.
  const once = gitDirectory === join(path, '.git') ? ok(new Set<string>()) : await onceOnBranches(git, path, env);
  if (!once.ok) return once;
  const left = commits.filter((commit) => lost.has(commit) && !once.value.has(commit));
  if (left.length < 2) return ok(left);
  const newest = await git.run(path, ['merge-base', '--independent', ...left.slice(-most)], { env });
  return newest.ok ? ok(lines(newest.value)) : fail(couldNotAsk(newest.problem));
}

async function onceOnBranches(
  git: Git,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<Result<ReadonlySet<string>, WorkspaceProblem>> {
  const tips = await git.run(path, ['for-each-ref', '--format=%(refname)', 'refs/heads'], { env });
  if (!tips.ok) return fail(couldNotAsk(tips.problem));
  const names = lines(tips.value);
  if (names.length === 0) return ok(new Set());
  const told = await git.run(path, ['log', '--walk-reflogs', '--format=%H', ...names, '--'], { env });
  if (!told.ok) return fail(couldNotAsk(told.problem));
  const listed = await git.run(path, ['rev-list', '--stdin', '--not', '--branches'], { env, input: told.value });
  return listed.ok ? ok(new Set([...lines(told.value), ...lines(listed.value)])) : fail(couldNotAsk(listed.problem));
}

/** What a rebase makes on its way stands on what the branch was before, and ends in what it is after. */
function noted(gitDirectory: string): readonly string[] {
  const reflog = readTextIfThere(join(gitDirectory, 'logs', 'HEAD'), { maxBytes: longestReflog }) ?? '';
  const made = reflog.split('\n').flatMap((line) => {
    const [names = '', message = ''] = line.split('\t');
    return /^rebase\b/.test(message) ? [] : [names.split(' ')[1] ?? ''];
  });
  const pointed = pointers.map((name) => readTextIfThere(join(gitDirectory, name), { maxBytes: 8192 })?.trim() ?? '');
  return [...made, ...pointed].filter((name) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name) && !/^0+$/.test(name));
}

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');
