// Exactly one host of a home supervises: it brings the home into order after a crash, takes back spawns of dead processes and types what waits. The kernel says who.
import { acquireKernelLock, type KernelLock } from '../lib/kernel-lock.ts';
import { rescueRetention } from '#shared/domain/rescue.ts';
import type { TerminalWatch } from '../lifecycle/terminal-watch.ts';
import type { Rescues } from '../rescue/rescues.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import type { Deliveries } from '../sessions/send/deliveries.ts';
import type { Recovery } from '../recovery/recovery.ts';
import { pruneTranscripts } from '../sessions/prune-transcripts.ts';
import { prune } from '../storage/prune.ts';
import type { SpoolWatch } from '../spool/watch-spool.ts';
import { recoverSpawns } from '../sessions/spawn/recover-spawns.ts';

/** Milliseconds between two looks; the only timer of a host, however many sessions there are. */
const lookEvery = 2000;

export interface Supervision {
  readonly supervises: boolean;
  stop(): Promise<void>;
}

interface Supervised {
  readonly watch: TerminalWatch;
  readonly deliveries: Deliveries;
  readonly rescues: Pick<Rescues, 'prune'>;
  readonly recovery: Pick<Recovery, 'passIfDue'>;
  /** Begins to watch the spool. */
  readonly watchSpool: () => SpoolWatch;
  /** Forgets files of the spool that are of no use any more. */
  readonly tidySpool: () => Promise<void>;
}

export function supervise(dependencies: SessionDependencies, supervised: Supervised): Supervision {
  const { watch, deliveries, rescues, recovery } = supervised;
  let lock: KernelLock | null = null;
  let spool: SpoolWatch | null = null;
  let turn: Promise<void> | null = null;
  let stopped = false;
  let begun = false;

  const look = (): void => {
    if (turn !== null || stopped) return;
    turn = takeTurn()
      .catch((error: unknown) => dependencies.log('supervision.failed', { error: String(error) }))
      .finally(() => (turn = null));
  };
  const takeTurn = async (): Promise<void> => {
    lock ??= acquireKernelLock(dependencies.paths.lockFor('supervisor'));
    if (lock === null) return;
    if (!begun) {
      // Before anything is taken for lost: what lives on is believed again, with its proof.
      await recovery.passIfDue();
      await watch.refresh();
      await dependencies.store.write('prune', prune);
      begun = true;
      await forgetOldRescues();
      await supervised.tidySpool();
    }
    spool ??= supervised.watchSpool();
    await spool.look();
    deliveries.startAll();
    await recoverSpawns(dependencies);
    await recovery.passIfDue();
  };

  const forgetOldRescues = async (): Promise<void> => {
    const forgotten = await rescues.prune({ days: rescueRetention, dryRun: false });
    const refs = forgotten.ok ? forgotten.value.pruned.map(({ ref, commit }) => `${ref} ${commit}`) : [];
    // The commits are named: git keeps them for a while longer.
    if (refs.length > 0) dependencies.log('rescue.pruned', { refs });
    const terminals = await pruneTranscripts(dependencies, rescueRetention);
    if (terminals.length > 0) dependencies.log('transcript.pruned', { terminals });
  };

  const stopListening = dependencies.store.onChange(look);
  const timer = setInterval(look, lookEvery);
  timer.unref();
  look();
  return {
    get supervises() {
      return lock !== null;
    },
    async stop() {
      stopped = true;
      stopListening();
      clearInterval(timer);
      await turn;
      await spool?.close();
      lock?.release();
      lock = null;
    },
  };
}
