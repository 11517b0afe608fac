import { GitBranch } from 'lucide-react';
import { isCoordinator } from '#shared/domain/coordinator.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Chip } from '../../components/chip.tsx';
import { CopyButton } from '../../components/copy-button.tsx';

/** The branch and, to be copied, the worktree: where this terminal's commands act. */
export function Where({ session, focused = false }: { readonly session: SessionView; readonly focused?: boolean }) {
  return (
    <span
      className={`flex min-w-0 shrink-[20] items-center gap-1.5 overflow-hidden max-[760px]:hidden ${focused ? 'text-ink' : 'text-faint'}`}
    >
      {session.branch === null ? null : (
        <>
          <GitBranch size={13} strokeWidth={1.5} aria-hidden="true" className="shrink-0" />
          <code className="truncate font-mono text-caption" title={session.branch}>
            {session.branch}
          </code>
        </>
      )}
      {session.worktree === null ? null : (
        <CopyButton text={session.worktree} label="Copy the worktree's path" iconOnly />
      )}
      {session.permissions === 'permissionless' && !isCoordinator(session.kind) ? (
        <Chip small colour="var(--state-stuck)">
          no permission asking
        </Chip>
      ) : null}
    </span>
  );
}
