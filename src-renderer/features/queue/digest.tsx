// While you were away: what came about, once, never in the way.
import { X } from 'lucide-react';
import { awayDigest, type DigestKind } from '#shared/domain/away.ts';
import { IconButton } from '../../components/button.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import { clockTime } from '../../lib/age.ts';
import { useApp, useStore, useView } from '../app-context.tsx';

const words: Readonly<Record<DigestKind, string>> = {
  waiting: 'Wait for you',
  failed: 'Failed',
  finished: 'Finished',
  landed: 'Landed',
};
/** Names of a kind; more are counted. */
const mostShown = 4;

export function Digest() {
  const app = useApp();
  const { away } = useView();
  const sessions = useStore(app.sessions) ?? [];
  const groups = away === null ? null : awayDigest(sessions, away);
  if (away === null || groups === null) return null;
  return (
    <section
      aria-label="While you were away"
      className="mb-4 w-full overflow-hidden rounded-card border border-line bg-surface"
    >
      <header className="flex h-8 items-center justify-between ps-3.5 pe-1.5 text-caption text-faint">
        <h2>
          While you were away, {clockTime(away.from)} to {clockTime(away.to)}
        </h2>
        <IconButton
          label="Put away"
          className="size-6"
          onClick={() => app.view.update((view) => ({ ...view, away: null }))}
        >
          <X size={13} />
        </IconButton>
      </header>
      {groups.map(({ kind, sessions: those }) => (
        <p key={kind} className="flex min-h-[35px] flex-wrap items-center gap-x-3 border-t border-line px-3.5 py-1.5">
          <span className="w-24 shrink-0 text-soft">{words[kind]}</span>
          {those.slice(0, mostShown).map(({ id, name, state, since }) => (
            <button
              key={id}
              type="button"
              className="flex max-w-full items-center gap-1.5 hover:underline"
              onClick={() => app.view.go({ kind: 'session', id }, { focus: true })}
            >
              <StateIcon state={state} size={14} />
              <span className="truncate font-medium">{name}</span>
              <span className="tabular text-caption text-faint">{clockTime(since)}</span>
            </button>
          ))}
          {those.length > mostShown ? <span className="text-faint">and {those.length - mostShown} more</span> : null}
        </p>
      ))}
    </section>
  );
}
