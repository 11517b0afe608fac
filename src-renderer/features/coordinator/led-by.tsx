import type { SessionView } from '#shared/domain/session.ts';
import { CoordinatorIcon } from '../../components/coordinator-icon.tsx';
import { leaderOf } from '../../state/leaders.ts';
import { useApp, useStore } from '../app-context.tsx';

/** Who answers for a worker, beside what it asks: whoever looks may answer all the same. Nothing where nobody leads it. */
export function LedBy({ session }: { readonly session: SessionView }) {
  const app = useApp();
  const sessions = useStore(app.sessions);
  const leader = leaderOf(session, sessions ?? []);
  if (leader === null) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      title={`${leader.name} leads it and may answer, too. You may answer first.`}
      onClick={() => app.view.go({ kind: 'session', id: leader.id })}
      className="flex min-w-0 shrink items-center gap-1 rounded-control text-caption text-faint hover:text-ink hover:underline"
    >
      <CoordinatorIcon
        kind={leader.kind === 'meta-orchestrator' ? leader.kind : 'orchestrator'}
        state={leader.state}
        size={14}
      />
      <span className="truncate">led by {leader.name}</span>
    </button>
  );
}
