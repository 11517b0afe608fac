import { useState } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { runLabel, type SessionTerminal } from '#shared/domain/session-terminal.ts';
import { useApp, useView } from '../app-context.tsx';

/** Which of the session's terminals this window shows: the one that was chosen as long as it is there, else its agent's. */
export function useShownTerminal({ id, terminal, terminals }: SessionView): {
  readonly shown: string | null;
  readonly own: SessionTerminal | null;
} {
  const chosen = useView().terminals.get(id);
  const own = terminals.find((each) => each.id === chosen && each.role === 'shell') ?? null;
  return { shown: own?.id ?? terminal, own };
}

export const runOf = ({ terminals }: SessionView): SessionTerminal | undefined =>
  terminals.find(({ name }) => name === runLabel);

export const isLive = (terminal: SessionTerminal | undefined): boolean =>
  terminal?.state === 'alive' || terminal?.state === 'starting';

export function useShells({ id, name }: Pick<SessionView, 'id' | 'name'>) {
  const { connection, view } = useApp();
  const [busy, setBusy] = useState(false);
  const show = (terminal: string | null): void => {
    view.update((now) => {
      const terminals = new Map(now.terminals);
      if (terminal === null) terminals.delete(id);
      else terminals.set(id, terminal);
      return { ...now, terminals, focusTerminal: now.focusTerminal + 1 };
    });
  };
  const open = async (call: 'session.run' | 'session.openShell'): Promise<void> => {
    setBusy(true);
    const opened = await connection.call(call, { id });
    setBusy(false);
    if (opened.ok) show(opened.value.terminal);
    else view.toast([opened.problem.what, opened.problem.todo].filter(Boolean).join(' '));
  };
  const told = (what: string, survivors: readonly number[]): void => {
    if (survivors.length > 0) view.toast(`${what} of ${name} is still there: ${survivors.join(', ')}`);
  };
  return {
    busy,
    show,
    run: () => open('session.run'),
    openShell: () => open('session.openShell'),
    async stopRun(): Promise<void> {
      setBusy(true);
      const stopped = await connection.call('session.stopRun', { id });
      setBusy(false);
      if (stopped.ok) told('The run command', stopped.value.survivors);
      else view.toast(stopped.problem.what);
    },
    async close(terminal: string): Promise<void> {
      const closed = await connection.call('session.closeTerminal', { id, terminal });
      if (!closed.ok) return view.toast(closed.problem.what);
      told('A shell', closed.value.survivors);
      show(null);
    },
  };
}
