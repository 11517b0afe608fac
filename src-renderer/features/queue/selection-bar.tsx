// What can be done with several at once: the same answer only for the same question.
import { X } from 'lucide-react';
import { useState } from 'react';
import { whyNotTogether } from '#shared/domain/answer-words.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import { useApp } from '../app-context.tsx';
import { isEnded } from '../../state/sidebar-rows.ts';
import type { Held } from './use-held.ts';
import { SnoozeMenu } from './snooze-menu.tsx';

export function SelectionBar({
  sessions,
  held,
  onClear,
}: {
  readonly sessions: readonly SessionView[];
  readonly held: Held;
  readonly onClear: () => void;
}) {
  const app = useApp();
  const [snoozing, setSnoozing] = useState(false);
  const archiveAll = async (): Promise<void> => {
    const done = await Promise.all(sessions.map(({ id }) => app.connection.call('session.archive', { id, on: true })));
    const failed = done.filter((each) => !each.ok).length;
    app.view.toast(
      failed === 0 ? `Archived ${sessions.length}` : `${failed} of ${sessions.length} were not archived`,
      () => {
        for (const { id } of sessions) void app.connection.call('session.archive', { id, on: false });
      },
    );
    onClear();
  };
  return (
    <div role="toolbar" aria-label="Selected sessions" className="flex min-w-0 flex-1 items-center gap-1.5">
      <span className="tabular shrink-0 font-medium">{sessions.length} selected</span>
      <SameAnswer sessions={sessions} held={held} onClear={onClear} />
      <span className="ms-auto flex shrink-0 items-center gap-1">
        <SnoozeMenu sessions={sessions} open={snoozing} onOpenChange={setSnoozing} onClosed={onClear} />
        <Button size={24} onClick={() => void archiveAll()}>
          Archive all
        </Button>
        <StopAll sessions={sessions.filter((session) => !isEnded(session))} onDone={onClear} />
        <IconButton label="Clear the selection" className="size-6" onClick={onClear}>
          <X size={14} />
        </IconButton>
      </span>
    </div>
  );
}

function SameAnswer({ sessions, held, onClear }: Parameters<typeof SelectionBar>[0]) {
  const { answers } = useApp();
  const why = whyNotTogether(sessions);
  const choices = sessions[0]?.question?.choices ?? [];
  if (why !== null)
    return (
      <span className="min-w-0 truncate text-caption text-faint" title={why}>
        No answer for all: {why}
      </span>
    );
  const giveAll = (number: number): void => {
    for (const session of sessions) {
      const choice = session.question?.choices.find((each) => each.number === number);
      if (session.question === null || choice === undefined) continue;
      held.hold(session);
      void answers
        .give(session.id, session.question, { kind: 'choice', choice })
        .then((became) => held.settle(session.id, became));
    }
    onClear();
  };
  return (
    <span className="flex min-w-0 gap-1" role="group" aria-label="The same answer for all">
      {choices.map(({ number, label }) => (
        <Button key={number} size={24} className="min-w-0 shrink" onClick={() => giveAll(number)}>
          <span className="text-faint">{number}</span> <span className="truncate">{label}</span>
        </Button>
      ))}
    </span>
  );
}

function StopAll({ sessions, onDone }: { readonly sessions: readonly SessionView[]; readonly onDone: () => void }) {
  const { connection, view } = useApp();
  const [asking, setAsking] = useState(false);
  const stop = async (): Promise<void> => {
    setAsking(false);
    const killed = await Promise.all(sessions.map(({ id }) => connection.call('session.kill', { id })));
    const failed = killed.filter((each) => !each.ok || each.value.survivors.length > 0).length;
    view.toast(
      failed === 0 ? `Stopped ${sessions.length}` : `${failed} of ${sessions.length} are not stopped for sure`,
    );
    onDone();
  };
  if (sessions.length === 0) return null;
  return (
    <Popover
      label="Stop all"
      align="end"
      open={asking}
      onOpenChange={setAsking}
      trigger={<Button size={24}>Stop all</Button>}
    >
      <p className="font-semibold">Stop {sessions.length === 1 ? '1 session' : `${sessions.length} sessions`}?</p>
      <p className="mt-1 max-h-40 overflow-y-auto break-words text-soft">
        {sessions.map(({ name }) => name).join(', ')}
      </p>
      <p className="mt-1 text-caption text-faint">Their processes end. Worktrees, branches and transcripts stay.</p>
      <div className="mt-3 flex gap-1.5">
        <Button kind="danger" onClick={() => void stop()}>
          Stop them
        </Button>
        <Button kind="quiet" onClick={() => setAsking(false)}>
          Keep them running
        </Button>
      </div>
    </Popover>
  );
}
