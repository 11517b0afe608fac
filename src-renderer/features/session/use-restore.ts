import { useState } from 'react';
import type { Problem } from '#shared/domain/problem.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { useApp } from '../app-context.tsx';

/** Starts an ended session again; says in a toast when its agent had to start anew. */
export function useRestore({ id, name }: SessionView) {
  const { connection, view } = useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    dismiss: () => setProblem(null),
    async restore(): Promise<void> {
      setBusy(true);
      const restored = await connection.call('session.restore', { id });
      setBusy(false);
      // Who takes it out of the line has decided so.
      setProblem(restored.ok || restored.problem.code === 'restore-cancelled' ? null : restored.problem);
      if (restored.ok && !restored.value.resumed)
        view.toast(`${name} started anew: its agent has no conversation to go on with`);
    },
  };
}
