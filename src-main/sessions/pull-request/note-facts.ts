// Writes down what a code host told of pull requests: for those who look, and in the records of the sessions whose they are.
import { isOver, isSpawnTerminal, withPullRequestOpened } from '#shared/domain/lifecycle.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { withPullRequestFacts } from '#shared/domain/pull-request-progress.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { findPullRequest, isAnother, notePullRequestStale, savePullRequest } from '../../storage/pull-requests.ts';
import type { SessionDependencies } from '../dependencies.ts';
import { changeSession } from '../session-record.ts';

type Store = Pick<SessionDependencies, 'store' | 'now'>;

/** Milliseconds for which the time of reading may be older than it was: nobody is woken, and nothing written, for it alone. */
const readAtLags = 60_000;

/**
 * @param workers those of the project that may have one of them; each is looked at again in its own transaction
 * @returns whether anything was new
 */
export async function noteFacts(
  dependencies: Store,
  project: string,
  { facts, workers }: { readonly facts: readonly PullRequestFacts[]; readonly workers: readonly SessionRecord[] },
): Promise<boolean> {
  const { store } = dependencies;
  const fresh = store.read((tx) =>
    facts.filter((one) => {
      const before = findPullRequest(tx, { project, number: one.pullRequest.number });
      const isDue = one.readAt - (before?.facts?.readAt ?? 0) >= readAtLags;
      return before === null || before.stale !== null || isDue || isAnother(before.facts, one);
    }),
  );
  if (fresh.length > 0) {
    await store.write('pull requests', (tx) => {
      for (const one of fresh) savePullRequest(tx, project, one);
    });
  }
  let changed = false;
  for (const record of workers) {
    const own = ownOf(record, facts, workers);
    if (own === null || withFacts(record, own, dependencies.now()) === record) continue;
    changed = true;
    await changeSession(dependencies, 'pull request', record.id, (now, at) => withFacts(now, own, at));
  }
  return changed;
}

/** It could not be asked of them. */
export async function noteStale(
  { store }: Store,
  project: string,
  { numbers, why }: { readonly numbers: readonly number[]; readonly why: string },
): Promise<void> {
  if (numbers.length === 0) return;
  await store.write('pull requests', (tx) => {
    for (const number of numbers) notePullRequestStale(tx, { project, number }, why);
  });
}

function ownOf(
  record: SessionRecord,
  facts: readonly PullRequestFacts[],
  workers: readonly SessionRecord[],
): PullRequestFacts | null {
  const { number, state } = record.lifecycle.pullRequest;
  const known = facts.find((one) => one.pullRequest.number === number);
  if (known !== undefined && state !== 'closed') return known;
  const taken = new Set(
    workers.filter(({ id }) => id !== record.id).map(({ lifecycle }) => lifecycle.pullRequest.number),
  );
  const found = looksFor(record)
    ? facts.find(({ pullRequest }) => isOpenOn(pullRequest, record) && !taken.has(pullRequest.number))
    : undefined;
  return found ?? known ?? null;
}

const isOpenOn = ({ state, branch }: PullRequestFacts['pullRequest'], { workspace }: SessionRecord): boolean =>
  state === 'open' && branch === workspace?.branch;

/** Its pull request may be found by its branch: it has none, or an old one that was closed. */
export function looksFor({ kind, pullRequestAutoDetect, workspace, lifecycle }: SessionRecord): boolean {
  const { state } = lifecycle.pullRequest;
  const without = state === 'none' || state === 'closed';
  return kind === 'worker' && pullRequestAutoDetect && workspace !== null && without && !isSpawnTerminal(lifecycle);
}

/** Of one that it did not have until now, if that is on its branch still; and nothing of one that is another's by its address. */
function withFacts(record: SessionRecord, facts: PullRequestFacts, now: number): SessionRecord {
  const { number, url } = facts.pullRequest;
  const { pullRequest: own } = record.lifecycle;
  const isNew = own.number !== number;
  if (isNew && !(looksFor(record) && isOpenOn(facts.pullRequest, record))) return record;
  if (!isNew && own.url !== null && own.url.toLowerCase() !== url.toLowerCase()) return record;
  const opened = isNew ? withPullRequestOpened(record.lifecycle, { number, url }, now) : record.lifecycle;
  const lifecycle = withPullRequestFacts(opened, facts, now);
  return lifecycle === record.lifecycle ? record : { ...record, lifecycle };
}

/** Whether its pull request is still of interest once its agent is gone: as long as it may be merged. */
export const isFollowed = ({ lifecycle }: SessionRecord): boolean =>
  lifecycle.pullRequest.state === 'open' || (lifecycle.pullRequest.state === 'closed' && !isOver(lifecycle));
