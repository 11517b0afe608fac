// The rows of those that lead, and of the places where one could be started.
import { isMuted } from '#shared/domain/mute.ts';
import { CoordinatorIcon } from '../../components/coordinator-icon.tsx';
import { stateColour } from '../../components/state-icon.tsx';
import { age } from '../../lib/age.ts';
import type { SidebarRow } from '../../state/sidebar-rows.ts';
import type { LeadDialogStart } from '../../state/view.ts';
import { stateWords } from '../../text.ts';
import { useApp, useByNow } from '../app-context.tsx';
import { toggleArchive, toggleMute, togglePin } from './mark-session.ts';
import { Row, type RowProps } from './row.tsx';
import { RowMenu } from './row-menu.tsx';
import { isCalling, isQuiet } from './session-row.tsx';

export function CoordinatorRow({
  row: { session, progress },
  ...wired
}: RowProps & { readonly row: Extract<SidebarRow, { kind: 'coordinator' }> }) {
  const app = useApp();
  const { name, state, kind, since: from, spawningPaused } = session;
  const calls = isCalling(session);
  const since = useByNow((now) => (from === 0 ? '' : age(from, now)));
  const muted = useByNow((now) => isMuted(session.muted, now));
  const quiet = useByNow((now) => isQuiet(session, now));
  const isMeta = kind === 'meta-orchestrator';
  const done = progress === null || progress.of === 0 ? null : `${progress.done}/${progress.of}`;
  const actions = [
    { title: session.pinned ? 'Unpin' : 'Pin', act: () => void togglePin(app, session) },
    { title: muted ? 'Unmute' : 'Mute', act: () => void toggleMute(app, session, app.clock.get()) },
    { title: session.archived ? 'Take out of the archive' : 'Archive', act: () => void toggleArchive(app, session) },
  ];
  return (
    <Row
      {...wired}
      icon={<CoordinatorIcon kind={isMeta ? kind : 'orchestrator'} state={state} quiet={quiet} />}
      name={name}
      strong={calls || isMeta}
      right={
        <span
          className="flex items-center gap-1.5"
          style={calls ? { color: stateColour(state), fontWeight: 500 } : undefined}
        >
          {calls || done === null ? since : done}
        </span>
      }
      label={[
        name,
        isMeta ? 'meta orchestrator' : 'orchestrator',
        stateWords[state].toLowerCase(),
        since,
        progress === null ? '' : `${progress.done} of ${progress.of} done`,
        spawningPaused ? 'spawning paused' : '',
      ]
        .filter((part) => part !== '')
        .join(', ')}
      onOpen={(event) => app.view.go({ kind: 'session', id: session.id }, { focus: event.detail === 2 })}
    >
      <RowMenu quiet of={name} actions={actions} />
    </Row>
  );
}

/** Nobody leads there yet. */
export function EmptyLeadRow({
  row,
  ...wired
}: RowProps & { readonly row: Extract<SidebarRow, { kind: 'no-orchestrator' | 'idle-meta' }> }) {
  const app = useApp();
  const isMeta = row.kind === 'idle-meta';
  return (
    <Row
      {...wired}
      icon={<CoordinatorIcon kind={isMeta ? 'meta-orchestrator' : 'orchestrator'} state={null} />}
      name={isMeta ? row.name : 'Start orchestrator…'}
      right={isMeta ? 'not started' : ''}
      label={isMeta ? `${row.name}, meta orchestrator, not started` : `Start orchestrator of ${row.name}`}
      onOpen={() => app.view.update((view) => ({ ...view, leading: leadStartOf(row) }))}
    />
  );
}

export const leadStartOf = (row: Extract<SidebarRow, { kind: 'no-orchestrator' | 'idle-meta' }>): LeadDialogStart =>
  row.kind === 'idle-meta' ? { kind: 'meta', name: row.name } : { kind: 'orchestrator', project: row.project };
