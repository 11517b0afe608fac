// One session: its header, its terminal, and beside it what it is for.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Skeleton } from '../../components/skeleton.tsx';
import { useApp, useStore, useView } from '../app-context.tsx';
import { Missing } from '../shell/missing.tsx';
import { CoordinatorPanel } from '../coordinator/coordinator-panel.tsx';
import { Inspector } from './inspector.tsx';
import { SessionStage } from './session-stage.tsx';
import { useReading } from './use-reading.ts';

export function SessionPage({ id }: { readonly id: string }) {
  const sessions = useStore(useApp().sessions);
  const session = sessions?.find((candidate) => candidate.id === id);
  if (session !== undefined) return <Session session={session} />;
  if (sessions === null) return <Skeleton rows={8} awaited="Waiting for the session" />;
  return <Missing what={`There is no session ${id}.`} awaited="Waiting for the session" />;
}

function Session({ session }: { readonly session: SessionView }) {
  const { inspector, sheet } = useView();
  useReading(session);
  const Beside = isCoordinator(session.kind) ? CoordinatorPanel : Inspector;
  return (
    <div className="relative flex min-h-0 flex-1">
      <SessionStage session={session} />
      {sheet ? (
        <div className="contents min-[1180px]:hidden">
          <Beside session={session} />
        </div>
      ) : null}
      {inspector ? (
        <div className="contents max-[1180px]:hidden">
          <Beside session={session} />
        </div>
      ) : null}
    </div>
  );
}
