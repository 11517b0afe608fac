import { BellOff, PictureInPicture2 } from 'lucide-react';
import { memo } from 'react';
import { isCoordinator, metaProject } from '#shared/domain/coordinator.ts';
import { isMuted } from '#shared/domain/mute.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { ordinal } from '#shared/domain/waiting-line.ts';
import { CoordinatorIcon } from '../../components/coordinator-icon.tsx';
import { StateIcon, stateColour } from '../../components/state-icon.tsx';
import { age } from '../../lib/age.ts';
import { isEnded } from '../../state/sidebar-rows.ts';
import { stateWords } from '../../text.ts';
import { ownWindowOf } from '../../state/windows.ts';
import { useApp, useByNow, useStore } from '../app-context.tsx';
import { toggleArchive, toggleMute, togglePin } from './mark-session.ts';
import { Row, type RowProps } from './row.tsx';
import { RowMenu } from './row-menu.tsx';

const urgent = new Set(['asks-permission', 'asks-you', 'stuck', 'crashed', 'lost']);

/** It wants somebody now. */
export const isCalling = ({ state }: SessionView): boolean => urgent.has(state);

export const SessionRow = memo(function SessionRow({
  session,
  ...wired
}: RowProps & { readonly session: SessionView }) {
  const app = useApp();
  const { view } = app;
  const agent = app.agents.get()?.find(({ id }) => id === session.agent)?.name ?? session.agent;
  const { pullRequest } = session;
  const calls = isCalling(session);
  const popped = ownWindowOf(session.id, useStore(app.windows.all), useStore(app.windows.self)) !== null;
  const since = useByNow((now) => (session.since === 0 ? '' : age(session.since, now)));
  const muted = useByNow((now) => isMuted(session.muted, now));
  const actions = [
    { title: session.pinned ? 'Unpin' : 'Pin', act: () => void togglePin(app, session) },
    { title: muted ? 'Unmute' : 'Mute', act: () => void toggleMute(app, session, app.clock.get()) },
    { title: session.archived ? 'Take out of the archive' : 'Archive', act: () => void toggleArchive(app, session) },
  ];
  return (
    <Row
      {...wired}
      icon={<Icon session={session} />}
      name={session.name}
      strong={calls}
      second={secondLine(session, agent)}
      right={
        <span
          className="flex items-center gap-1.5"
          style={calls ? { color: stateColour(session.state), fontWeight: 500 } : undefined}
        >
          {muted ? <BellOff size={12} strokeWidth={1.6} className="text-faint" aria-hidden="true" /> : null}
          {popped ? <PictureInPicture2 size={12} strokeWidth={1.6} className="text-faint" aria-hidden="true" /> : null}
          {pullRequest !== null && !calls ? `#${pullRequest.number}` : since}
        </span>
      }
      label={[
        session.name,
        stateWords[session.state].toLowerCase(),
        since,
        pullRequest === null ? '' : `pull request ${pullRequest.number} ${pullRequest.state}`,
        agent,
        session.damaged === null ? '' : 'record damaged',
        muted ? 'muted' : '',
        popped ? 'in a window of its own' : '',
      ]
        .filter((part) => part !== '')
        .join(', ')}
      onOpen={(event) => view.go({ kind: 'session', id: session.id }, { focus: event.detail === 2 })}
    >
      <RowMenu quiet of={session.name} actions={actions} />
    </Row>
  );
});

function Icon({ session }: { readonly session: SessionView }) {
  const { kind, state } = session;
  const quiet = useByNow((now) => isQuiet(session, now));
  return isCoordinator(kind) ? (
    <CoordinatorIcon kind={kind} state={state} quiet={quiet} />
  ) : (
    <StateIcon state={state} quiet={quiet} />
  );
}

/** The ring of an agent that has printed nothing for ten seconds rests. */
export const isQuiet = (session: SessionView, now: number): boolean =>
  session.state === 'working' && session.lastOutputAt !== null && now - session.lastOutputAt > 10_000;

function secondLine(session: SessionView, agent: string): string {
  if (session.damaged !== null) return `record can't be read: ${session.damaged}`;
  const issue = session.issue === null ? [] : [`#${session.issue}`];
  // Among sessions of other projects its own is not seen otherwise.
  const isAlone = (session.pinned || session.archived) && session.project !== metaProject;
  const project = isAlone ? [session.project] : [];
  if (session.inLine !== null) return [`in line, ${ordinal(session.inLine.place)}`, ...project, agent].join(' · ');
  if (isEnded(session) || urgent.has(session.state) || session.state === 'paused')
    return [stateWords[session.state].toLowerCase(), ...issue, ...project, agent].join(' · ');
  return [...project, agent, ...issue].join(' · ');
}
