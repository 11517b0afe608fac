import { countStates } from '../../state/sidebar-rows.ts';
import { seconds } from '../../lib/age.ts';
import { useApp, useNow, useStore } from '../app-context.tsx';
import { Load } from './load.tsx';
import { useRecoveryNote } from './recovery-note.tsx';

export function StatusBar() {
  const app = useApp();
  const system = useStore(app.system);
  return (
    <footer
      className="flex min-w-0 items-center gap-4 border-t border-line px-4 text-caption text-faint"
      aria-label="Status"
    >
      <Connection />
      <Counts />
      <span className="ms-auto flex min-w-0 items-center gap-4">
        {system === null || system.terminals.state === 'connected' ? null : (
          <span className="text-ask" title={system.terminals.why ?? undefined}>
            {system.terminals.state === 'absent' ? 'No terminal service yet' : 'Terminal service unreachable'}
          </span>
        )}
        <Recovered />
        <Load />
        {system === null || system.troubles.length === 0 ? null : (
          <button
            type="button"
            className="text-ask hover:underline"
            title={system.troubles.join('\n')}
            onClick={() => app.view.go({ kind: 'settings' })}
          >
            {system.troubles.length === 1 ? '1 trouble' : `${system.troubles.length} troubles`}
          </button>
        )}
        <span className="truncate max-[760px]:hidden" title="Home">
          {system?.home}
        </span>
        <span className="tabular shrink-0">{system === null ? '' : `v${system.version}`}</span>
      </span>
    </footer>
  );
}

function Recovered() {
  const app = useApp();
  const note = useRecoveryNote();
  if (note === null) return null;
  const waiting = note.escalated.length + note.left.length;
  const settled = note.recovered.length + note.takenBack.length + note.ended.length;
  const words = [
    settled > 0 ? `${settled} recovered` : null,
    waiting === 0 ? null : waiting === 1 ? '1 needs you' : `${waiting} need you`,
  ];
  return (
    <button
      type="button"
      className={`shrink-0 hover:underline ${waiting > 0 ? 'text-ask' : ''}`}
      onClick={() => app.view.go({ kind: 'home' })}
    >
      {words.filter((word) => word !== null).join(' · ')}
    </button>
  );
}

function Connection() {
  const { connection } = useApp();
  const state = useStore(connection.state);
  const now = useNow();
  const { colour, text } = describe();
  return (
    <span className="flex min-w-[88px] shrink-0 items-center gap-2 text-soft" role="status" aria-label="Connection">
      <span className="size-[7px] rounded-full" style={{ background: colour }} aria-hidden="true" />
      <span className="tabular">{text}</span>
    </span>
  );

  function describe(): { colour: string; text: string } {
    switch (state.kind) {
      case 'connected':
        return { colour: 'var(--state-ready)', text: 'Connected' };
      case 'connecting':
        return { colour: 'var(--state-faint)', text: 'Connecting' };
      case 'refused':
        return { colour: 'var(--state-fail)', text: 'Other version' };
      case 'reconnecting':
        if (state.signedOut) return { colour: 'var(--state-fail)', text: 'Signed out' };
        return now - state.since > 30_000
          ? { colour: 'var(--state-fail)', text: 'Offline – agents keep running' }
          : {
              colour: 'var(--state-ask)',
              text: `Reconnecting ${seconds(Math.max(0, now - state.since)).replace(/\.\d/, '')}`,
            };
    }
  }
}

function Counts() {
  const sessions = useStore(useApp().sessions);
  if (sessions === null) return null;
  if (sessions.length === 0) return <span>No sessions yet</span>;
  const { working, waiting, broken, idle, finished } = countStates(sessions);
  const parts = [
    { count: working, word: 'working', strong: false },
    { count: waiting, word: 'waiting', strong: true },
    { count: broken, word: 'broken', strong: true },
    { count: idle, word: 'idle', strong: false },
    { count: finished, word: 'finished', strong: false },
  ].filter(({ count }) => count > 0);
  return (
    <span className="tabular flex min-w-0 items-center gap-1.5 truncate">
      {parts.map(({ count, word, strong }, index) => (
        <span key={word} className={strong ? 'text-ink' : ''}>
          {index > 0 ? <span className="me-1.5 text-faint">·</span> : null}
          {count} {word}
        </span>
      ))}
    </span>
  );
}
