// What all agents together use of the machine, in the status bar; its popover says who uses how much.
import { useState } from 'react';
import { cpuText, memoryText, totalUsage } from '#shared/domain/usage.ts';
import { Popover } from '../../components/popover.tsx';
import { Button } from '../../components/button.tsx';
import { useApp, useStore } from '../app-context.tsx';
import { continueAll, mayPause } from './pause-all.tsx';

export function Load() {
  const app = useApp();
  const usages = useStore(app.usages);
  const sessions = useStore(app.sessions);
  const [open, setOpen] = useState(false);
  if (usages === null || usages.length === 0) return null;
  const paused = (sessions ?? []).filter(({ state }) => state === 'paused').length;
  const running = (sessions ?? []).filter(mayPause).length;
  const total = totalUsage(usages);
  const nameOf = (id: string): string => sessions?.find((session) => session.id === id)?.name ?? id;
  const busiest = usages.toSorted((a, b) => (b.cpu ?? 0) - (a.cpu ?? 0) || b.memory - a.memory);
  return (
    <Popover
      label="What agents use"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="tabular shrink-0 hover:text-ink hover:underline max-[620px]:hidden">
          <span className="sr-only">What agents use: </span>
          {paused === 0 ? '' : `${paused} paused · `}CPU {cpuText(total.cpu)} · mem {memoryText(total.memory)}
        </button>
      }
    >
      <p className="font-semibold">What agents use</p>
      <p className="mt-1 text-caption text-faint">
        100 % is one core. Memory is what is resident; what processes share is counted in each.
      </p>
      <ul className="mt-2.5 max-h-72 overflow-y-auto">
        {busiest.map(({ session, cpu, memory }) => (
          <li key={session}>
            <button
              type="button"
              className="tabular flex h-7 w-full items-center gap-3 rounded-control px-1.5 text-start hover:bg-raised"
              onClick={() => app.view.go({ kind: 'session', id: session })}
            >
              <span className="min-w-0 flex-1 truncate">{nameOf(session)}</span>
              <span className="w-14 text-end text-soft">{cpuText(cpu)}</span>
              <span className="w-16 text-end text-soft">{memoryText(memory)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="mt-3 flex gap-1.5">
        <Button
          size={24}
          disabled={running === 0}
          onClick={() => {
            setOpen(false);
            app.view.update((now) => ({ ...now, pausing: true }));
          }}
        >
          Pause all…
        </Button>
        {paused === 0 ? null : (
          <Button size={24} kind="primary" onClick={() => void continueAll(app)}>
            {paused === 1 ? 'Continue 1' : `Continue all ${paused}`}
          </Button>
        )}
      </div>
    </Popover>
  );
}
