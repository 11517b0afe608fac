// How this view stands to its terminal, when that is not simply live.
import { History, Lock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TerminalExit } from '#shared/domain/terminal.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { clockTime } from '../../lib/age.ts';
import type { LaneState } from '../../terminal/lane-client.ts';
import type { TerminalView } from '../../terminal/terminal-view.ts';
import { useNow } from '../app-context.tsx';
import { exitWords } from './exit-words.ts';

/** A chip with what there is to say; a mirror can take the keyboard over. */
export function LinkState({
  lane,
  view,
  exit,
}: {
  readonly lane: LaneState | null;
  readonly view: TerminalView | null;
  readonly exit: TerminalExit | null;
}) {
  return (
    <>
      <LinkChip lane={lane} exit={exit} />
      {lane?.lease === 'elsewhere' && exit === null ? (
        <Button size={24} onClick={() => view?.lane.requestLease(true)}>
          Take over
        </Button>
      ) : null}
    </>
  );
}

function LinkChip({ lane, exit }: { readonly lane: LaneState | null; readonly exit: TerminalExit | null }) {
  const now = useNow();
  const content = describe();
  if (content === null) return null;
  return (
    <span role="status" className="min-w-0" title={content.text}>
      <Chip icon={content.icon} {...(content.alarm ? { colour: 'var(--state-ask)' } : {})}>
        {content.text}
      </Chip>
    </span>
  );

  function describe(): { icon: ReactNode; text: string; alarm?: boolean } | null {
    if (lane === null) return null;
    const held = lane.held === 0 ? '' : `, ${lane.held} ${lane.held === 1 ? 'key' : 'keys'} held`;
    switch (lane.link.kind) {
      case 'attaching':
        return { icon: <History size={13} />, text: `Connecting${held}` };
      case 'replaying':
        return { icon: <History size={13} />, text: `Replaying ${amount(lane.link.bytes)}` };
      case 'cut':
        return {
          icon: <TriangleAlert size={13} />,
          text: `Reconnecting ${Math.max(0, Math.floor((now - lane.link.since) / 1000))} s${held}`,
          alarm: true,
        };
      case 'refused':
        return { icon: <TriangleAlert size={13} />, text: lane.link.problem.what, alarm: true };
      case 'live':
        if (exit !== null) return { icon: null, text: `Ended ${clockTime(exit.at)}, ${exitWords(exit)}` };
        if (lane.lease === 'elsewhere')
          return {
            icon: <Lock size={12} />,
            text:
              lane.refusals > 0
                ? 'Not typed, read-only: another window has control'
                : 'Read-only: another window has control',
          };
        return held === '' ? null : { icon: <History size={13} />, text: held.slice(2) };
    }
  }
}

/** `2.1 MB`, `14 KB`. */
const amount = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
