// The workspace of a session that lives was removed, or taken off its branch, by somebody outside of Athene.
import { FolderX, GitBranch } from 'lucide-react';
import type { SessionView } from '#shared/domain/session.ts';
import { sightText } from '#shared/domain/sight-text.ts';

export function WorkspaceBanner({ session }: { readonly session: SessionView }) {
  if (session.sight === null) return null;
  const Icon = session.sight === 'gone' ? FolderX : GitBranch;
  const { what, todo } = sightText(session.sight, session);
  return (
    <div
      role={session.sight === 'gone' ? 'alert' : 'status'}
      className="flex min-h-9 shrink-0 items-center gap-2.5 border-b border-line bg-raised px-3 py-1.5"
    >
      <Icon
        size={15}
        className={`shrink-0 ${session.sight === 'gone' ? 'text-ask' : 'text-soft'}`}
        aria-hidden="true"
      />
      <span className="min-w-0 flex-1">
        <span className="font-medium">{what}</span> <span className="text-soft">{todo}</span>
      </span>
    </div>
  );
}
