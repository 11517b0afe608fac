// From one sweep to what each session uses; remembers the sweep before, which processor time is counted from.
import {
  sumUp,
  terminalsOf,
  usedSince,
  type Belonging,
  type ProcessRow,
  type Used,
} from '#shared/domain/process-table.ts';
import type { Listening, SessionUsage } from '#shared/domain/usage.ts';
import { ListeningPorts, type ListenersFound } from '../lib/listening-ports.ts';
import { ProcessMarks } from '../lib/process-marks.ts';
import type { SweptProcess } from '../lib/process-sweep.ts';
import type { Runtime } from '../plugins/runtimes/runtime.ts';
import type { Store } from '../storage/store.ts';
import { listTerminals } from '../storage/terminals.ts';
import { createOrigins } from './origins.ts';

export interface Measured {
  readonly store: Store;
  readonly runtime: Pick<Runtime, 'origin'>;
  readonly now: () => number;
}

/** Takes all rows of a sweep and when it was, in milliseconds of a clock that no one sets. */
export type Measure = (rows: readonly SweptProcess[], at: number) => Promise<ReadonlyMap<string, SessionUsage>>;

export function createMeasure({ store, runtime, now }: Measured): Measure {
  const marks = new ProcessMarks('ATHENE_TERMINAL');
  const ports = new ListeningPorts();
  const originOf = createOrigins(runtime);
  let before: { readonly rows: readonly SweptProcess[]; readonly at: number } | null = null;
  let earlier: Belonging['earlier'] = new Map();

  const terminalsIn = (rows: readonly SweptProcess[], known: ReadonlyMap<string, string>, belonging: Origins) => {
    const markOf = (row: ProcessRow): string | null => {
      const mark = marks.markOf(row as SweptProcess);
      return mark !== null && known.has(mark) ? mark : null;
    };
    const found = terminalsOf(rows, { ...belonging, earlier, markOf });
    marks.keep(new Set(rows.map(({ pid }) => pid)));
    earlier = rememberedOf(rows, found);
    return found;
  };

  return async (rows, at) => {
    const terminals = store.read((tx) => listTerminals(tx));
    const sessionOf = new Map(terminals.map(({ id, session }) => [id, session]));
    const found = terminalsIn(rows, sessionOf, originOf(terminals, rows));
    const spent = before === null ? null : usedSince(before.rows, rows);
    const elapsed = at - (before?.at ?? at);
    before = { rows, at };
    const used = sumUp(rows, (pid) => sessionOf.get(found.get(pid) ?? ''), { spent, elapsed });
    const listening = await ports.find(rows.filter(({ pid, ended }) => found.has(pid) && !ended));
    return usagesOf(used, listening, now());
  };
}

type Origins = Pick<Belonging, 'roots' | 'keepers'>;

const rememberedOf = (rows: readonly SweptProcess[], found: ReadonlyMap<number, string>): Belonging['earlier'] =>
  new Map(
    rows.flatMap(({ pid, startTime }) => {
      const terminal = found.get(pid);
      return terminal === undefined ? [] : [[pid, { startTime, terminal }] as const];
    }),
  );

/** A session of which nothing runs uses nothing, and is not in it. */
const usagesOf = (
  used: ReadonlyMap<string, Used>,
  listening: ListenersFound,
  at: number,
): ReadonlyMap<string, SessionUsage> =>
  new Map(
    [...used]
      .filter(([, { processes }]) => processes > 0)
      .map(([session, { pids, ...sums }]) => [
        session,
        { session, ...sums, listening: listeningOf(pids, listening), at },
      ]),
  );

function listeningOf(pids: readonly number[], { listeners, closed, cannotTell }: ListenersFound): Listening {
  const own = new Set(pids);
  const shut = pids.filter((pid) => closed.has(pid));
  // A child that has inherited a socket listens on it too: each is named once.
  const byPlace = new Map(
    listeners
      .filter(({ pid }) => own.has(pid))
      .toSorted((a, b) => b.pid - a.pid)
      .map((listener) => [`${listener.port} ${listener.address}`, listener]),
  );
  return {
    ports: [...byPlace.values()].toSorted((a, b) => a.port - b.port || (a.address < b.address ? -1 : 1)),
    cannotTell: cannotTell ?? (shut.length === 0 ? null : `Nobody may look into process ${shut.join(', ')}.`),
  };
}
