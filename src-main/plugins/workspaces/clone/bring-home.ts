// Brings every commit that only a clone has into the project's repository: branches as branches, everything else as rescue refs.
import { sessionIdSchema } from '#shared/domain/identifier.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { Git, GitFailure } from '../../../lib/git.ts';
import type { WorkspaceProblem } from '../workspace.ts';
import { couldNotAsk, garbled, keptBy, listRegistrations, resolveCommits } from '../worktree/repository.ts';
import { saveCommit } from '../worktree/rescue-ref.ts';
import { commitsOf, type CloneCommit } from './clone-commits.ts';

export interface Move {
  readonly project: string;
  readonly clone: string;
  readonly session: string;
  /** The branch that is checked out is kept as one of the project also when it holds nothing new. */
  readonly keepBranch: boolean;
}

export interface BroughtHome {
  /** Refs in the project, and the names in the clone that they stand for. */
  readonly rescued: readonly { readonly ref: string; readonly from: string }[];
  /** All that the clone held when it was looked at. */
  readonly commits: readonly CloneCommit[];
}

export async function bringHome(git: Git, move: Move): Promise<Result<BroughtHome, WorkspaceProblem>> {
  const held = await commitsOf(git, move.clone);
  if (!held.ok) return fail(couldNotAsk(held.problem));
  const commits = await onlyThere(git, move, held.value);
  if (!commits.ok) return fail(couldNotAsk(commits.problem));
  const fetched = await fetchAll(git, move, commits.value);
  if (!fetched.ok) return fail(notBrought(fetched.problem));
  const rescued: { ref: string; from: string }[] = [];
  for (const commit of commits.value) {
    const kept = await keep(git, move, commit);
    if (!kept.ok) return kept;
    if (kept.value !== null) rescued.push({ ref: kept.value, from: commit.name });
  }
  const dropped = await dropIncoming(git, move);
  return dropped.ok ? ok({ rescued, commits: held.value }) : fail(notBrought(dropped.problem));
}

/** Without the refs that the project has under the same name with the same commit: there may be thousands of tags. */
async function onlyThere(
  git: Git,
  { project }: Move,
  held: readonly CloneCommit[],
): Promise<Result<readonly CloneCommit[], GitFailure>> {
  const named = held.filter(({ name }) => name.startsWith('refs/'));
  const known = await resolveCommits(
    git,
    project,
    named.map(({ name }) => name),
  );
  if (!known.ok) return known;
  const same = new Set(named.filter(({ commit }, index) => commit === known.value[index]));
  return ok(held.filter((commit) => !same.has(commit)));
}

const incoming = ({ session }: Move): string => `refs/athene/incoming/${sessionIdSchema.parse(session)}/`;

/** Through refs of their own on both sides, since a stash or a detached head has none that could be asked for. */
async function fetchAll(git: Git, move: Move, commits: readonly CloneCommit[]): Promise<Result<null, GitFailure>> {
  if (commits.length === 0) return ok(null);
  const input = commits.map(({ commit }, index) => `update refs/athene/leaving/${index} ${commit}\n`).join('');
  const named = await git.run(move.clone, ['update-ref', '--stdin'], { input });
  if (!named.ok) return named;
  const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--update-shallow'];
  const refspec = `+refs/athene/leaving/*:${incoming(move)}*`;
  const fetched = await git.run(move.project, ['fetch', ...options, '--end-of-options', move.clone, refspec], {
    timeoutMs: fetchCap,
  });
  if (!fetched.ok) return fetched;
  const there = await resolveCommits(
    git,
    move.project,
    commits.map(({ commit }) => commit),
  );
  if (!there.ok) return there;
  return there.value.includes(null) ? fail(garbled('a commit did not arrive')) : ok(null);
}

/** Milliseconds. */
const fetchCap = 10 * 60_000;

/** Null when a branch of the project, or one of its remote's, or a tag holds the commit now; else the rescue ref. */
async function keep(
  git: Git,
  move: Move,
  { name, commit, checkedOut }: CloneCommit,
): Promise<Result<string | null, WorkspaceProblem>> {
  const own = `refs/athene/rescue/${sessionIdSchema.parse(move.session)}`;
  const keeper = await keptBy(git, move.project, commit, { in: ['refs/heads', 'refs/remotes', 'refs/tags', own] });
  if (!keeper.ok) return fail(couldNotAsk(keeper.problem));
  const wanted = keeper.value === null || (checkedOut && move.keepBranch);
  if (wanted && name.startsWith('refs/heads/')) {
    const placed = await placeBranch(git, move, { branch: name, commit });
    if (!placed.ok || placed.value) return placed.ok ? ok(null) : placed;
  }
  return keeper.value === null ? saveCommit(git, move.project, move.session, { name: commit }) : ok(null);
}

/** Made when there is none of the name; moved on when nobody has it checked out. False: it stays where it is. */
async function placeBranch(
  git: Git,
  { project }: Move,
  { branch, commit }: { readonly branch: string; readonly commit: string },
): Promise<Result<boolean, WorkspaceProblem>> {
  const tips = await resolveCommits(git, project, [branch]);
  if (!tips.ok) return fail(couldNotAsk(tips.problem));
  const [tip = null] = tips.value;
  if (tip !== null) {
    const registrations = await listRegistrations(git, project);
    if (!registrations.ok) return registrations;
    if (registrations.value.some((entry) => entry.branch === branch)) return ok(false);
    const onward = await git.run(project, ['merge-base', '--is-ancestor', tip, commit]);
    if (!onward.ok) return onward.problem.code === 1 ? ok(false) : fail(couldNotAsk(onward.problem));
  }
  // An empty old value means: must not exist yet. git refuses a name that can't stand beside those that exist.
  const set = await git.run(project, ['update-ref', '-m', 'athene: clone removed', branch, commit, tip ?? '']);
  if (set.ok) return ok(true);
  return set.problem.kind === 'refused' ? ok(false) : fail(couldNotAsk(set.problem));
}

async function dropIncoming(git: Git, move: Move): Promise<Result<null, GitFailure>> {
  const listed = await git.run(move.project, ['for-each-ref', '--format=%(refname)', incoming(move)]);
  if (!listed.ok) return listed;
  const refs = listed.value.split('\n').filter((ref) => ref !== '');
  if (refs.length === 0) return ok(null);
  const input = refs.map((ref) => `delete ${ref}\n`).join('');
  const deleted = await git.run(move.project, ['update-ref', '--stdin'], { input });
  return deleted.ok ? ok(null) : deleted;
}

const notBrought = ({ details }: GitFailure): WorkspaceProblem => ({
  code: 'workspace-failed',
  what: "The clone's commits could not be brought into the project's repository.",
  kept: 'Nothing was removed.',
  todo: 'Look at the details, then try again; pushing the work from the clone helps as well.',
  details,
});
