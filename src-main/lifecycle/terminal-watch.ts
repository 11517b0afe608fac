// Follows what the runtime says of its terminals: keeps the passing facts, and writes down what lasts.
import { quietAfter, type TerminalFacts } from '#shared/domain/session-view.ts';
import { Emitter } from '#shared/lib/emitter.ts';
import type { TerminalStatus } from '#shared/domain/terminal-status.ts';
import type { SessionDependencies } from '../sessions/dependencies.ts';
import { listTerminals, type TerminalRow } from '../storage/terminals.ts';
import { recordExit, settleTerminal } from './settle-terminal.ts';

export interface TerminalWatch {
  /** Null while the runtime has not spoken of it. */
  facts(terminal: string | null): TerminalFacts | null;
  /** Reports a session whose facts would be shown differently now. */
  onFacts(listener: (session: string) => void): () => void;
  readonly reach: RuntimeReach;
  /** Reports that `reach` has changed. */
  onReach(listener: () => void): () => void;
  /** Asks the runtime once for all terminals, and probes those that it does not name. Never ends a session on doubt. */
  refresh(): Promise<void>;
  close(): void;
}

export type RuntimeReach =
  | { readonly state: 'connected' | 'absent'; readonly why: null }
  | { readonly state: 'unreachable'; readonly why: string };

type Dependencies = Pick<SessionDependencies, 'store' | 'runtime' | 'now' | 'log'>;

/** @param live follow the runtime's reports from now on; without it only `refresh` looks. */
export function watchTerminals(dependencies: Dependencies, live: boolean): TerminalWatch {
  const { runtime, now, log } = dependencies;
  const known = new Map<string, TerminalStatus>();
  const changed = new Emitter<string>();
  const reached = new Emitter<void>();
  let reach: RuntimeReach = { state: 'absent', why: null };
  let quietTimer: NodeJS.Timeout | null = null;
  let doubtTimer: NodeJS.Timeout | null = null;
  let closed = false;

  const take = (status: TerminalStatus): void => {
    const before = known.get(status.terminal);
    known.set(status.terminal, status);
    if (status.exit !== null && (before?.exit ?? null) === null) write(recordExit(dependencies, status, status.exit));
    if (before === undefined || isBusy(before) !== isBusy(status)) changed.emit(status.session);
    watchForQuiet();
  };
  const isBusy = ({ exit, lastOutputAt }: TerminalStatus): boolean =>
    exit === null && now() - (lastOutputAt ?? 0) <= quietAfter;
  const write = (writing: Promise<unknown>): void =>
    void writing.catch((error: unknown) => log('terminals.record_failed', { error: String(error) }));

  /** One timer for all busy terminals, none when all are quiet. */
  const watchForQuiet = (): void => {
    const busy = [...known.values()].filter(isBusy);
    if (!live || quietTimer !== null || busy.length === 0) return;
    const next = Math.min(...busy.map(({ lastOutputAt }) => (lastOutputAt ?? 0) + quietAfter + 1)) - now();
    quietTimer = setTimeout(
      () => {
        quietTimer = null;
        for (const status of busy) if (!isBusy(known.get(status.terminal) ?? status)) changed.emit(status.session);
        watchForQuiet();
      },
      Math.max(50, next),
    );
    quietTimer.unref();
  };

  const setReach = (next: RuntimeReach): void => {
    const differs = next.state !== reach.state || next.why !== reach.why;
    reach = next;
    if (differs) reached.emit();
  };

  const refresh = async (): Promise<void> => {
    const listed = await runtime.list();
    setReach(listed.ok ? { state: 'connected', why: null } : { state: 'unreachable', why: listed.problem.what });
    if (!listed.ok) return lookAgain(true);
    for (const status of listed.value) take(status);
    const rows = dependencies.store.read((tx) => listTerminals(tx)).filter(isOpen);
    const named = new Map(listed.value.map((status) => [status.terminal, status]));
    const settled = await Promise.allSettled(rows.map((row) => settleTerminal(dependencies, row, named.get(row.id))));
    for (const each of settled) {
      if (each.status === 'rejected') log('terminals.record_failed', { error: String(each.reason) });
    }
    lookAgain(settled.some((each) => each.status === 'rejected' || each.value === 'in-doubt'));
  };

  /** The runtime went away, and agents that it ran may outlive it by moments or by hours. */
  const lookAgain = (inDoubt: boolean): void => {
    if (doubtTimer !== null) clearTimeout(doubtTimer);
    doubtTimer = live && inDoubt && !closed ? setTimeout(() => write(refresh()), doubtEvery).unref() : null;
  };

  const stop = live
    ? runtime.onStatus((status) => {
        if (status !== null) return take(status);
        known.clear();
        write(refresh());
      })
    : () => undefined;

  return {
    facts: (terminal) => known.get(terminal ?? '') ?? null,
    onFacts: (listener) => changed.on(listener),
    onReach: (listener) => reached.on(listener),
    get reach() {
      return reach;
    },
    refresh,
    close() {
      closed = true;
      stop();
      if (quietTimer !== null) clearTimeout(quietTimer);
      if (doubtTimer !== null) clearTimeout(doubtTimer);
    },
  };
}

/** Milliseconds between two looks at terminals of which the runtime says nothing. */
const doubtEvery = 2000;

const isOpen = ({ state }: TerminalRow): boolean => state === 'alive' || state === 'lost';
