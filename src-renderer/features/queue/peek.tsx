// Beside the queue: what the session at hand shows, why it stands there, and what it is for. Looking marks nothing as read.
import { Lock, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { KeyCaps } from '../../components/key-cap.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { age, clockTime } from '../../lib/age.ts';
import { LiveTail } from '../session/live-tail.tsx';
import { SessionActions } from '../session/session-actions.tsx';
import { useNow } from '../app-context.tsx';
import { projectLabel } from '../project-label.ts';

export function Peek({
  session,
  onOpen,
  onClose,
}: {
  readonly session: SessionView;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}) {
  return (
    <aside
      aria-label={`Peek at ${session.name}`}
      className="@container flex w-[360px] shrink-0 flex-col border-s border-line bg-surface max-[1180px]:hidden"
    >
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line ps-4 pe-1.5">
        <StateIcon state={session.state} />
        <h2 className="truncate font-semibold">{session.name}</h2>
        <span className="truncate text-caption text-faint">{projectLabel(session.project)}</span>
        <span className="ms-auto text-caption text-faint">Peek</span>
        <IconButton label="Close peek" onClick={onClose}>
          <X size={15} strokeWidth={1.5} />
        </IconButton>
      </header>
      {session.terminal === null ? (
        <p className="flex-1 bg-term px-4 py-3 text-soft">This session has no terminal.</p>
      ) : (
        <LiveTail key={session.terminal} name={session.name} terminal={session.terminal} />
      )}
      <p className="flex h-8 shrink-0 items-center gap-1.5 border-y border-line px-4 text-caption text-faint">
        <Lock size={12} aria-hidden="true" /> Read-only preview, live.
        <span className="ms-auto flex items-center gap-1.5">
          <KeyCaps keys={['⏎']} /> to type
        </span>
      </p>
      <div className="max-h-[45%] shrink-0 overflow-y-auto [&>*+*]:border-t [&>*+*]:border-line">
        <Reason session={session} />
        <Facts session={session} />
      </div>
      <footer className="flex h-12 shrink-0 items-center gap-1.5 border-t border-line px-4">
        <Button onClick={onOpen}>
          Open <KeyCaps keys={['⏎']} />
        </Button>
        <span className="ms-auto flex gap-1.5">
          <SessionActions key={session.id} session={session} />
        </span>
      </footer>
    </aside>
  );
}

function Reason({ session }: { readonly session: SessionView }) {
  const now = useNow();
  const { since, because, confidence } = session;
  return (
    <section className="px-4 py-3">
      <h3 className="mb-1 text-caption font-medium text-faint">
        {session.state.startsWith('asks') ? 'Why it waits' : 'Why'}
      </h3>
      <p className="break-words text-soft">{because}</p>
      <p className="tabular mt-1.5 flex items-center gap-2 text-caption text-faint">
        <Chip small>{confidence}</Chip>
        {since === 0 ? null : `since ${clockTime(since)}${age(since, now) === 'now' ? '' : `, ${age(since, now)}`}`}
      </p>
    </section>
  );
}

function Facts({ session }: { readonly session: SessionView }) {
  const { prompt, branch, pullRequest, createdAt, worktree } = session;
  return (
    <section className="px-4 py-3">
      <h3 className="mb-1.5 text-caption font-medium text-faint">Session</h3>
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-y-1 text-caption leading-[18px]">
        <Fact name="Goal">{prompt === null ? null : <span className="line-clamp-3 text-ink">{prompt}</span>}</Fact>
        <Fact name="Branch">{branch === null ? null : <span className="font-mono text-[11.5px]">{branch}</span>}</Fact>
        <Fact name="Worktree">
          {worktree === null ? null : <span className="font-mono text-[11.5px]">{worktree}</span>}
        </Fact>
        <Fact name="PR">{pullRequest === null ? 'None yet' : `#${pullRequest.number} ${pullRequest.state}`}</Fact>
        <Fact name="Started">{createdAt === 0 ? null : clockTime(createdAt)}</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === null) return null;
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words text-soft">{children}</dd>
    </>
  );
}
