// Sessions whose pull request is merged: ended, then removed where nothing in them would be lost.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import { decide } from '#shared/domain/decide.ts';
import { frozenOf } from '#shared/domain/frozen.ts';
import { isOver, withEndedForMerge } from '#shared/domain/lifecycle.ts';
import { mergeCleanup, type MergedSession } from '#shared/domain/merge-cleanup.ts';
import type { SessionRecord } from '#shared/domain/session.ts';
import { removeMerged } from '../../sessions/remove-merged.ts';
import { changeSession } from '../../sessions/session-record.ts';
import { recordEvent } from '../../storage/events.ts';
import { listMarks } from '../../storage/marks.ts';
import { listPendingCleanups, putPendingCleanup, type PendingCleanup } from '../../storage/reactions.ts';
import { listSessions } from '../../storage/sessions.ts';
import type { ReadTransaction } from '../../storage/store.ts';
import { listTerminals } from '../../storage/terminals.ts';
import type { ReactionDependencies } from './dependencies.ts';

interface Merged {
  readonly record: SessionRecord;
  readonly pending: PendingCleanup | null;
  readonly facts: Omit<MergedSession, 'since' | 'graceMs' | 'now'>;
}

/** True when none is on its way out. */
export async function cleanUpMerged(dependencies: ReactionDependencies): Promise<boolean> {
  const { store, now } = dependencies.sessions;
  const { lifecycle, troubles } = dependencies.configuration.wholeConfig();
  const { autoCleanupOnMerge, mergeCleanupIdleGraceMs: graceMs } = lifecycle;
  // What can't be read may have said that nobody is to be removed.
  const isKnown = !troubles.some(({ field }) => field === null || field.startsWith('lifecycle'));
  const merged = autoCleanupOnMerge && isKnown ? store.read((tx) => mergedIn(dependencies, tx)) : [];
  await forgetOthers(dependencies, new Set(merged.map(({ record }) => record.id)));
  for (const { record, pending, facts } of merged) {
    const since = pending?.since ?? now();
    if (pending === null) await note(dependencies, record.id, { since, left: null });
    if (mergeCleanup({ ...facts, since, graceMs, now: now() }).kind === 'clean')
      await cleanUpOne(dependencies, record, since);
  }
  return merged.length === 0;
}

const mergedIn = (dependencies: ReactionDependencies, tx: ReadTransaction): readonly Merged[] => {
  const pending = listPendingCleanups(tx);
  return listSessions(tx)
    .sessions.filter(({ record }) => record.lifecycle.pullRequest.state === 'merged' && !isCoordinator(record.kind))
    .map(({ record }) => {
      const known = pending.get(record.id) ?? null;
      const facts = {
        agent: agentOf(dependencies, tx, record),
        keeps: keepsOf(tx, record),
        leftAt: known?.left?.at ?? null,
      };
      return { record, pending: known, facts };
    });
};

/** It is not decided about any more once it is merged; what its agent does is concluded as if it were not. */
function agentOf(
  { known, sessions }: ReactionDependencies,
  tx: ReadTransaction,
  record: SessionRecord,
): MergedSession['agent'] {
  const { lifecycle } = record;
  if (isOver(lifecycle)) return 'rests';
  const unmerged = { ...lifecycle, pullRequest: { ...lifecycle.pullRequest, state: 'none' as const } };
  const decided = decide(unmerged, known(tx, record), sessions.now());
  if (decided === null || decided.confidence === 'unknown') return 'unknown';
  return decided.state === 'idle' ? 'rests' : 'busy';
}

/** Null: nothing keeps it. */
function keepsOf(tx: ReadTransaction, record: SessionRecord): string | null {
  if (listMarks(tx, record.id).some(({ mark }) => mark === 'pin')) return 'It is pinned.';
  if (frozenOf(record) !== null) return 'It is paused.';
  const shells = listTerminals(tx, record.id).filter(
    ({ role, label, state }) => role === 'shell' && label === '' && state !== 'exited',
  );
  return shells.length > 0 ? 'A shell is open in it.' : null;
}

/** A kill that fails leaves the mark, and is tried again. */
async function cleanUpOne(dependencies: ReactionDependencies, { id }: SessionRecord, since: number): Promise<void> {
  const removed = await removeMerged(dependencies.sessions, id, {
    ended: () => changeSession(dependencies.sessions, 'ended for merge', id, ended),
  });
  if (removed.ok) return;
  const { what } = removed.problem;
  const { store, now, log } = dependencies.sessions;
  log('cleanup.left', { session: id, why: what });
  await store.write('cleanup: left', (tx) => {
    const before = listPendingCleanups(tx).get(id)?.left ?? null;
    putPendingCleanup(tx, id, { since, left: { at: now(), why: what } });
    if (before?.why !== what)
      recordEvent(tx, {
        kind: 'cleanup.left',
        session: id,
        source: 'athene',
        text: `Its pull request is merged, and it was left as it is: ${what}`,
      });
  });
}

const ended = (record: SessionRecord, now: number): SessionRecord =>
  isOver(record.lifecycle) ? record : { ...record, lifecycle: withEndedForMerge(record.lifecycle, now) };

async function forgetOthers({ sessions }: ReactionDependencies, merged: ReadonlySet<string>): Promise<void> {
  const over = [...sessions.store.read(listPendingCleanups).keys()].filter((session) => !merged.has(session));
  for (const session of over) await sessions.store.write('cleanup: over', (tx) => putPendingCleanup(tx, session, null));
}

const note = ({ sessions }: ReactionDependencies, session: string, pending: PendingCleanup): Promise<void> =>
  sessions.store.write('cleanup: waits', (tx) => putPendingCleanup(tx, session, pending));
