// Scan, validate, classify, act. Looks twice before it acts, so that what is just being made or ended is not judged.
import { setTimeout as delay } from 'node:timers/promises';
import type { RecoveryItem, RecoveryReport, Survivor } from '#shared/domain/recovery-report.ts';
import { carryOut } from './carry-out.ts';
import { gatherRecoveryFacts, lookAtProcesses, type RecoveryDependencies, type RecoveryFacts } from './facts.ts';
import { planRecovery, type RecoveryPlan, type RecoveryStep, type RecoveryWish } from './plan.ts';

/** Milliseconds between two looks; longer when so many seem dead that the witnesses are doubted. */
const between = { usual: 300, doubted: 1500 };
/** Sessions that are acted on at once: ending one that does not listen takes seconds. */
const atOnce = 5;

export interface Recovered {
  readonly report: RecoveryReport;
  /** To be handed to the next pass. */
  readonly waiting: ReadonlySet<string>;
}

/** A dry run gives the same lists, and changes nothing. */
export async function recover(
  dependencies: RecoveryDependencies,
  wish: RecoveryWish & { readonly dryRun: boolean },
): Promise<Recovered> {
  const { sessions } = dependencies;
  const { facts, plan, steps } = await lookUntilItStands(dependencies, wish);
  const items = wish.dryRun ? steps.map(({ item }) => item) : await carryOutAll(dependencies, steps);
  const report = {
    ...{ at: sessions.now(), dryRun: wish.dryRun, held: plan.held, items },
    survivors: survivorsOf(facts, wish.dryRun ? facts.processes : lookAtProcesses(sessions.paths.home)),
  };
  if (plan.held && !wish.dryRun)
    sessions.log('recovery.held', { sessions: items.filter(isHeld).map(({ subject }) => subject) });
  return { report, waiting: plan.waiting };
}

/** Looks again until two looks agree, a few times; what the last two agree on is acted on. */
async function lookUntilItStands(dependencies: RecoveryDependencies, wish: RecoveryWish) {
  const look = async () => {
    const facts = await gatherRecoveryFacts(dependencies);
    return { facts, plan: planRecovery(facts, wish) };
  };
  let earlier = await look();
  for (let looks = 1; ; looks += 1) {
    if (earlier.plan.steps.length === 0 && looks === 1) return { ...earlier, steps: [] };
    await delay(earlier.plan.held ? between.doubted : between.usual);
    const latest = await look();
    const steps = seenTwice(latest.plan, earlier.plan);
    const stands = steps.length === latest.plan.steps.length && steps.length === earlier.plan.steps.length;
    if (stands || looks === mostLooks) return { ...latest, steps };
    earlier = latest;
  }
}

const mostLooks = 5;

const seenTwice = ({ steps }: RecoveryPlan, earlier: RecoveryPlan): readonly RecoveryStep[] => {
  const before = new Set(earlier.steps.map(keyOf));
  return steps.filter((step) => before.has(keyOf(step)));
};

const keyOf = ({ kind, item }: RecoveryStep): string => `${kind} ${item.subject} ${item.act} ${item.what}`;

async function carryOutAll(
  { sessions }: RecoveryDependencies,
  steps: readonly RecoveryStep[],
): Promise<RecoveryItem[]> {
  const items: RecoveryItem[] = [];
  for (const step of steps.filter(({ kind }) => kind === 'half-made')) items.push(await carryOut(sessions, step));
  const others = steps.filter(({ kind }) => kind !== 'half-made');
  for (let at = 0; at < others.length; at += atOnce) {
    items.push(...(await Promise.all(others.slice(at, at + atOnce).map((step) => carryOut(sessions, step)))));
  }
  return items;
}

const isHeld = ({ state }: RecoveryItem): boolean => state === 'held';

function survivorsOf({ processes, shown }: RecoveryFacts, now: RecoveryFacts['processes']): Survivor[] | null {
  if (processes === null) return null;
  const alive = new Set((now ?? processes).map(({ pid, terminal }) => `${pid} ${terminal}`));
  return processes.map(({ pid, session, terminal }) => ({
    ...{ pid, session, terminal },
    fate: !alive.has(`${pid} ${terminal}`) ? 'ended' : shown.has(terminal) ? 'goes-on' : 'left',
  }));
}
