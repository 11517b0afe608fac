// One session: its header, its terminal, and beside it what it is for.
import type { SessionView } from '#shared/domain/session.ts';
import { Chip } from '../../components/chip.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useApp, useStore, useView } from '../app-context.tsx';
import { Missing } from '../shell/missing.tsx';
import { Inspector } from './inspector.tsx';
import { PromptBanner } from './prompt-banner.tsx';
import { TerminalPane } from './terminal-pane.tsx';

export function SessionPage({ id }: { readonly id: string }) {
  const sessions = useStore(useApp().sessions);
  const session = sessions?.find((candidate) => candidate.id === id);
  if (session !== undefined) return <Session session={session} />;
  if (sessions === null) return <Skeleton rows={8} awaited="Waiting for the session" />;
  return <Missing what={`There is no session ${id}.`} awaited="Waiting for the session" />;
}

function Session({ session }: { readonly session: SessionView }) {
  const { inspector, sheet } = useView();
  return (
    <div className="relative flex min-h-0 flex-1">
      <section aria-label={`Session ${session.name}`} className="flex min-w-0 flex-1 flex-col">
        <PromptBanner session={session} />
        <Body session={session} />
      </section>
      {sheet ? (
        <div className="contents min-[1180px]:hidden">
          <Inspector session={session} />
        </div>
      ) : null}
      {inspector ? (
        <div className="contents max-[1180px]:hidden">
          <Inspector session={session} />
        </div>
      ) : null}
    </div>
  );
}

function Body({ session }: { readonly session: SessionView }) {
  if (session.damaged !== null)
    return (
      <div className="p-4">
        <ErrorBlock
          problem={{
            code: 'session-damaged',
            what: `The record of ${session.id} can't be read.`,
            kept: 'Athene leaves it, its worktree and its processes alone.',
            todo: 'athene doctor says more.',
            details: session.damaged,
          }}
        />
      </div>
    );
  if (session.terminal === null)
    return (
      <div className="flex flex-1 items-center justify-center p-6 text-soft">
        {session.state === 'starting' ? (
          <Chip>Starting; the terminal opens in a moment</Chip>
        ) : (
          'This session has no terminal.'
        )}
      </div>
    );
  return <TerminalPane key={session.terminal} session={session} terminal={session.terminal} />;
}
