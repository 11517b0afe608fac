// Stops everything that one terminal started, without ending it, and lets it go on again.
import { setTimeout as sleep } from 'node:timers/promises';
import { signalProcess, type ProcessIdentity } from './process-identity.ts';
import { openTree, type TreeMember, type TreeOptions } from './process-tree.ts';

export interface Frozen {
  readonly stopped: readonly ProcessIdentity[];
  /** Pids that could not be stopped: another user's, or held up in the kernel. */
  readonly resisting: readonly number[];
}

/** Looks for more of them, at most: one for each depth of the tree, and whoever forks on all the time outruns some. */
const rounds = 100;
/** Milliseconds that are waited for parents before their children are told to stop. */
const takesEffect = 250;
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
    const members = await look();
    const fresh = members.filter(({ pid, startTime }) => told.get(pid)?.startTime !== startTime);
    if (fresh.length === 0) break;
    const depths = depthsOf(members);
    const highest = Math.min(...fresh.map(({ pid }) => depths.get(pid) ?? 0));
    const level = fresh.filter(({ pid }) => depths.get(pid) === highest);
    for (const member of level) {
      if (!member.stopped) signalProcess(member, 'SIGSTOP');
      told.set(member.pid, member);
    }
    await standStill(look, level);
  }
  const resisting = await resistingIn(look);
  return {
    stopped: [...told.values()].filter(({ pid }) => !resisting.includes(pid)).map(identityOnly),
    resisting,
  };
}

/** A signal is sent before it has taken effect: a parent that still waits would be told of a child that stops first. */
async function standStill(look: () => Promise<readonly TreeMember[]>, level: readonly TreeMember[]): Promise<void> {
  const pids = new Set(level.map(({ pid }) => pid));
  const until = performance.now() + takesEffect;
  while (performance.now() < until && (await look()).some(({ pid, stopped }) => pids.has(pid) && !stopped))
    await sleep(1);
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
  const depths = depthsOf(members);
  return members.toSorted((a, b) => (depths.get(a.pid) ?? 0) - (depths.get(b.pid) ?? 0));
}

/** How many of its ancestors are among them, by pid. */
function depthsOf(members: readonly TreeMember[]): ReadonlyMap<number, number> {
  const byPid = new Map(members.map((member) => [member.pid, member]));
  const depthOf = ({ parent }: TreeMember): number => {
    let depth = 0;
    for (let at = byPid.get(parent); at !== undefined && depth < members.length; at = byPid.get(at.parent)) depth += 1;
    return depth;
  };
  return new Map(members.map((member) => [member.pid, depthOf(member)]));
}
