import { AlarmClock } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { SessionView } from '#shared/domain/session.ts';
import { snoozeChoices } from '#shared/domain/snooze.ts';
import { useApp } from '../app-context.tsx';
import { snooze, snoozeWords } from './mark-queued.ts';

/** @param onClosed where the keyboard goes afterwards */
export function SnoozeMenu({
  sessions,
  open,
  onOpenChange,
  onClosed,
}: {
  readonly sessions: readonly SessionView[];
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onClosed: () => void;
}) {
  const app = useApp();
  const [only] = sessions;
  const label = sessions.length === 1 && only !== undefined ? `Snooze ${only.name}` : `Snooze ${sessions.length}`;
  return (
    <DropdownMenu.Root open={open} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger
        tabIndex={-1}
        aria-label={label}
        title="Snooze (z)"
        className="flex size-6 shrink-0 items-center justify-center rounded-control text-faint hover:bg-selected hover:text-ink"
      >
        <AlarmClock size={14} strokeWidth={1.5} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
          className="z-30 min-w-40 rounded-card border border-control bg-surface p-1 motion-safe:animate-pop"
        >
          {snoozeChoices.map((choice) => (
            <DropdownMenu.Item
              key={choice}
              className="flex h-7 items-center rounded-control px-2 outline-none data-highlighted:bg-raised"
              onSelect={() => void snooze(app, sessions, choice)}
            >
              {snoozeWords[choice]}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
