// What was said in a session, instead of its terminal: live, followed at its end, earlier parts as somebody goes up.
import { ArrowDown } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { ErrorBlock } from '../../components/error-block.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { conversationRows, planIn, type ConversationRow } from '../../state/conversation-rows.ts';
import type { ConversationState } from '../../state/conversation.ts';
import { useStore } from '../app-context.tsx';
import { TerminalTabs } from '../session/terminal-tabs.tsx';
import { Where } from '../session/where.tsx';
import { ConversationEmpty } from './conversation-empty.tsx';
import { ConversationRowView } from './conversation-row.tsx';
import { Plan } from './plan.tsx';
import { useConversation } from './use-conversation.ts';
import { useScroller } from './use-scroller.ts';

export function ConversationPane({ session }: { readonly session: SessionView }) {
  const conversation = useConversation(session.id);
  const state = useStore(conversation.state);
  const rows = useMemo(() => conversationRows(state.entries ?? []), [state.entries]);
  const plan = useMemo(() => planIn(rows), [rows]);
  const earlier = useCallback(() => void conversation.showEarlier(), [conversation]);
  const { scroller, following, follow } = useScroller(earlier);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col bg-term">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line bg-canvas px-1.5">
        <TerminalTabs session={session} />
        <Where session={session} />
      </div>
      {plan === null ? null : <Plan steps={plan} />}
      <div
        ref={scroller}
        role="region"
        aria-label={`Conversation, ${session.name}`}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto -outline-offset-2"
      >
        <div
          // What it asks lies over the end, as it does over a terminal.
          className={`mx-auto flex max-w-[860px] flex-col px-5 pt-4 max-[620px]:px-3 ${session.question === null ? 'pb-4' : 'pb-44'}`}
        >
          {state.problem === null ? null : <ErrorBlock problem={state.problem} />}
          {state.hasEarlier ? (
            <Button kind="quiet" className="mb-2 self-center [overflow-anchor:none]" onClick={earlier}>
              Show earlier
            </Button>
          ) : null}
          <Said {...{ session, state, rows }} />
        </div>
      </div>
      {following ? null : (
        <button
          type="button"
          onClick={follow}
          className="tabular absolute end-6 bottom-4 z-10 flex h-7 items-center gap-1.5 rounded-full bg-selected px-3 text-caption font-medium text-ink hover:bg-hover"
        >
          <ArrowDown size={13} aria-hidden="true" /> To the end
        </button>
      )}
    </div>
  );
}

function Said({
  session,
  state: { entries, none, problem },
  rows,
}: {
  readonly session: SessionView;
  readonly state: ConversationState;
  readonly rows: readonly ConversationRow[];
}) {
  if (none !== null) return <ConversationEmpty session={session} why={none} />;
  if (entries === null) return problem === null ? <Skeleton rows={6} awaited="Waiting for the conversation" /> : null;
  if (rows.length === 0) return <ConversationEmpty session={session} why="not-begun" />;
  return (
    <ol className="flex flex-col">
      {rows.map((row) => (
        <ConversationRowView key={row.entry.id} {...row} />
      ))}
    </ol>
  );
}
