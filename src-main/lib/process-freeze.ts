// Stops everything that one terminal started, without ending it, and lets it go on again.
import { setTimeout as sleep } from 'node:timers/promises';
import { signalProcess, type ProcessIdentity } from './process-identity.ts';
import { openTree, type TreeMember, type TreeOptions } from './process-tree.ts';

export interface Frozen {
  readonly stopped: readonly ProcessIdentity[];
  /** Pids that could not be stopped: another user's, or held up in the kernel. */
  readonly resisting: readonly number[];
}

/** Looks for new children, at most: whoever forks on all the time outruns some of them. */
const rounds = 50;
/** Milliseconds until what was told to stop has stopped. */
const patience = 2000;

/**
 * Parents first: a shell that saw its child stop would take it for a stopped job. Children that are born meanwhile are found by the next
 * look; it is done when a look finds nobody new. Says again what is said already: it may be called at any time.
 */
export async function stopTree(options: TreeOptions): Promise<Frozen> {
  const look = openTree(options);
  const told = new Map<number, TreeMember>();
  for (let round = 0; round < rounds; round += 1) {
    const fresh = parentsFirst(await look()).filter(({ pid, startTime }) => told.get(pid)?.startTime !== startTime);
    if (fresh.length === 0) break;
    for (const member of fresh) {
      if (!member.stopped) signalProcess(member, 'SIGSTOP');
      told.set(member.pid, member);
    }
  }
  const resisting = await resistingIn(look);
  return {
    stopped: [...told.values()].filter(({ pid }) => !resisting.includes(pid)).map(identityOnly),
    resisting,
  };
}

async function resistingIn(look: () => Promise<readonly TreeMember[]>): Promise<readonly number[]> {
  const until = performance.now() + patience;
  for (;;) {
    const running = (await look()).filter(({ stopped }) => !stopped);
    if (running.length === 0 || performance.now() > until) return running.map(({ pid }) => pid);
    for (const member of running) signalProcess(member, 'SIGSTOP');
    await sleep(20);
  }
}

/**
 * Children first, so that no shell sees one that is stopped. `but` were stopped before, by somebody else, and stay so. Returns pids that could
 * not be continued.
 */
export async function continueTree(
  options: TreeOptions,
  but: readonly Pick<ProcessIdentity, 'pid' | 'startTime'>[],
): Promise<readonly number[]> {
  const look = openTree(options);
  const stays = new Set(but.map(({ pid, startTime }) => `${pid} ${startTime}`));
  const held = async (): Promise<TreeMember[]> =>
    parentsFirst(await look())
      .filter(({ pid, startTime, stopped }) => stopped && !stays.has(`${pid} ${startTime}`))
      .toReversed();
  let left = await held();
  const until = performance.now() + patience;
  while (left.length > 0 && performance.now() < until) {
    const outcomes = left.map((member) => signalProcess(member, 'SIGCONT'));
    if (!outcomes.includes('sent')) break;
    await sleep(20);
    left = await held();
  }
  return left.map(({ pid }) => pid);
}

/** Those that are stopped already, by job control or by hand. */
export const stoppedIn = async (options: TreeOptions): Promise<readonly ProcessIdentity[]> =>
  (await openTree(options)()).filter(({ stopped }) => stopped).map(identityOnly);

const identityOnly = ({ pid, startTime, bootId }: ProcessIdentity): ProcessIdentity => ({ pid, startTime, bootId });

function parentsFirst(members: readonly TreeMember[]): readonly TreeMember[] {
  const byPid = new Map(members.map((member) => [member.pid, member]));
  const depthOf = ({ parent }: TreeMember): number => {
    let depth = 0;
    for (let at = byPid.get(parent); at !== undefined && depth < members.length; at = byPid.get(at.parent)) depth += 1;
    return depth;
  };
  return members.toSorted((a, b) => depthOf(a) - depthOf(b));
}
