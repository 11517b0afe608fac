import { useState } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import { runLabel, type SessionTerminal } from '#shared/domain/session-terminal.ts';
import { shownTab, withShell, withTab, type SessionTab } from '../../state/session-tabs.ts';
import { useApp, useView } from '../app-context.tsx';

/** What this window shows of the session. */
export function useShownTab(session: SessionView): SessionTab {
  return shownTab(session, useView());
}

export const runOf = ({ terminals }: SessionView): SessionTerminal | undefined =>
  terminals.find(({ name }) => name === runLabel);

export const isLive = (terminal: SessionTerminal | undefined): boolean =>
  terminal?.state === 'alive' || terminal?.state === 'starting';

export function useShells({ id, name }: Pick<SessionView, 'id' | 'name'>) {
  const { connection, view } = useApp();
  const [busy, setBusy] = useState(false);
  const show = (tab: SessionTab): void => view.update((now) => withTab(now, id, tab));
  const open = async (call: 'session.run' | 'session.openShell'): Promise<void> => {
    setBusy(true);
    const opened = await connection.call(call, { id });
    setBusy(false);
    if (opened.ok) view.update((now) => withShell(now, id, opened.value.terminal));
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
      view.update((now) => withShell(now, id, null));
    },
  };
}
