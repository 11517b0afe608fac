import { useState } from 'react';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { useApp } from '../app-context.tsx';

export interface SessionEnd {
  readonly busy: 'stop' | 'remove' | null;
  readonly problem: Problem | null;
  /** True when nothing of it runs any more. */
  stop(): Promise<boolean>;
  remove(how: RemovalChoice): Promise<boolean>;
}

export interface RemovalChoice {
  /** Ignored files that are too large for a snapshot may go: they were shown. */
  readonly discardLarge: boolean;
  /** False once it has failed, and was shown. */
  readonly tearDown: boolean;
}

export function useSessionEnd({ id, name }: SessionView): SessionEnd {
  const { connection, view } = useApp();
  const [busy, setBusy] = useState<SessionEnd['busy']>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    async stop() {
      setBusy('stop');
      const killed = await connection.call('session.kill', { id });
      setBusy(null);
      const failure = killed.ok ? survived(name, killed.value.survivors) : killed.problem;
      setProblem(failure);
      return failure === null;
    },
    async remove(how) {
      setBusy('remove');
      const removed = await connection.call('session.remove', { id, ...how });
      setBusy(null);
      setProblem(removed.ok ? null : removed.problem);
      if (!removed.ok) return false;
      const { branch, rescueRef } = removed.value;
      const kept = [
        branch === null ? null : `branch ${branch}`,
        rescueRef === null ? null : `snapshot ${rescueRef}`,
      ].filter((part) => part !== null);
      view.toast(`Removed ${name}${kept.length === 0 ? '' : `; kept ${kept.join(' and ')}`}`);
      const { place } = view.get();
      if (place.kind === 'session' && place.id === id) view.go({ kind: 'home' });
      return true;
    },
  };
}

const survived = (name: string, pids: readonly number[]): Problem | null =>
  pids.length === 0
    ? null
    : {
        code: 'survivors',
        what: `Some processes of ${name} are still there.`,
        kept: 'The worktree stays.',
        details: `pids ${pids.join(', ')}`,
      };
