// Exactly one host of a home supervises: it brings the home into order after a crash, takes back spawns of dead processes and types what waits. The kernel says who.
import { acquireKernelLock, type KernelLock } from '../lib/kernel-lock.ts';
import type { AwakeWatch } from '../lifecycle/awake-watch.ts';
import type { PullRequestWatch } from '../lifecycle/pull-request-watch.ts';
import type { QuestionWatch } from '../lifecycle/question-watch.ts';
import type { ReactionWatch } from '../lifecycle/reactions/watch-reactions.ts';
import type { DecisionRecorder } from '../lifecycle/record-decisions.ts';
import type { LeaderNotes } from '../lifecycle/tell-leaders.ts';
import type { TerminalWatch } from '../lifecycle/terminal-watch.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import type { Deliveries } from '../sessions/send/deliveries.ts';
import type { Recovery } from '../recovery/recovery.ts';
import type { NoticeKeeper } from '../notices/keep-notices.ts';
import type { SpoolWatch } from '../spool/watch-spool.ts';
import { createFrozenKeeper } from '../sessions/freeze/keep-frozen.ts';
import { recoverSpawns } from '../sessions/spawn/recover-spawns.ts';
import type { Tidying } from './tidying.ts';

/** Milliseconds between two looks; the only timer of a host, however many sessions there are. */
const lookEvery = 2000;

export interface Supervision {
  readonly supervises: boolean;
  stop(): Promise<void>;
}

interface Supervised {
  readonly watch: TerminalWatch;
  readonly awake: Pick<AwakeWatch, 'look'>;
  readonly deliveries: Deliveries;
  readonly pullRequests: Pick<PullRequestWatch, 'look'>;
  readonly recovery: Pick<Recovery, 'passIfDue'>;
  readonly questions: QuestionWatch;
  readonly decisions: DecisionRecorder;
  readonly leaders: LeaderNotes;
  readonly reactions: ReactionWatch;
  readonly tidying: Tidying;
  /** Waits on for those in line whose process is gone. */
  readonly resumeLine: () => void;
  /** Begins to watch the spool. */
  readonly watchSpool: () => SpoolWatch;
  /** Begins to tell of sessions. */
  readonly keepNotices: () => NoticeKeeper;
}

export function supervise(dependencies: SessionDependencies, supervised: Supervised): Supervision {
  const { watch, deliveries, recovery, tidying, decisions, questions } = supervised;
  let lock: KernelLock | null = null;
  let spool: SpoolWatch | null = null;
  let notices: NoticeKeeper | null = null;
  let turn: Promise<void> | null = null;
  const keepFrozen = createFrozenKeeper(dependencies);
  let stopped = false;
  let begun = false;
  const failures = new Map<string, string>();

  const look = (): void => {
    supervised.awake.look();
    if (turn !== null || stopped) return;
    turn = takeTurn()
      .catch((error: unknown) => note('lock', String(error)))
      .finally(() => (turn = null));
  };
  const takeTurn = async (): Promise<void> => {
    lock ??= acquireKernelLock(dependencies.paths.lockFor('supervisor'));
    if (lock === null) return;
    // Before anything is taken for lost: what lives on is believed again, with its proof.
    if (!begun) begun = (await attempt('recovery', recovery.passIfDue)) && (await attempt('terminals', watch.refresh));
    await attempt('tidying', tidying.tidyIfDue);
    // It asks git, which may hang on the disk of one project: messages and spawns of the others do not wait for that.
    void attempt('spool', () => (spool ??= supervised.watchSpool()).look());
    await attempt('questions', () => questions.look());
    await attempt('frozen', keepFrozen);
    await attempt('decisions', decisions.look);
    await attempt('pull requests', supervised.pullRequests.look);
    if (begun) await attempt('reactions', supervised.reactions.look);
    if (begun) await attempt('notices', () => (notices ??= supervised.keepNotices()).look());
    if (begun) await attempt('leaders', supervised.leaders.look);
    await attempt('deliveries', () => deliveries.startAll());
    await attempt('spawns', () => recoverSpawns(dependencies));
    await attempt('line', supervised.resumeLine);
    await attempt('recovery', recovery.passIfDue);
  };
  /** One part that fails keeps no other from its work. Told once, until it is another failure. */
  const attempt = async (part: string, work: () => unknown): Promise<boolean> => {
    try {
      await work();
      failures.delete(part);
      return true;
    } catch (error) {
      note(part, String(error));
      return false;
    }
  };
  const note = (part: string, error: string): void => {
    if (failures.get(part) !== error) dependencies.log('supervision.failed', { part, error });
    failures.set(part, error);
  };

  /** One that came up on a screen is told at once. */
  const lookAt = (session: string): void => {
    if (lock !== null && !stopped) void attempt('questions', () => questions.look(session));
  };

  const stopListening = [dependencies.store.onChange(look), watch.onFacts(lookAt)];
  const timer = setInterval(look, lookEvery);
  timer.unref();
  look();
  return {
    get supervises() {
      return lock !== null;
    },
    async stop() {
      stopped = true;
      for (const stop of stopListening) stop();
      clearInterval(timer);
      await turn;
      await spool?.close();
      await notices?.close();
      lock?.release();
      lock = null;
    },
  };
}
