// Which of a machine's processes belong to which terminal, and what they have used since the last look. Pure: rows in, sums out.

/** One row of the process table. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** First process of its session (setsid); 0 where the system does not tell. */
  readonly leader: number;
  /** Of the same unit as `ProcessIdentity` has it; with the pid it names one process. */
  readonly startTime: string;
  /** The same as a number that grows, in whatever unit. */
  readonly started: number;
  /** It has ended, and nobody has waited for it yet: only its time still counts. */
  readonly ended: boolean;
  /** Milliseconds of processor time: its own, and that of ended children for which it has waited. */
  readonly cpu: number;
  readonly childrenCpu: number;
  /** Bytes in memory. */
  readonly memory: number;
}

export interface NamedProcess {
  readonly pid: number;
  readonly startTime: string;
}

export interface Belonging {
  /** First processes of terminals. */
  readonly roots: readonly (NamedProcess & { readonly terminal: string })[];
  /** Processes that hold terminals: whoever started them, they and what they hold are nobody's. */
  readonly keepers: readonly NamedProcess[];
  /** Who belonged where at the last look: a child stays known after its parents have ended. */
  readonly earlier: ReadonlyMap<number, { readonly startTime: string; readonly terminal: string }>;
  /** The terminal that a process bears the mark of; null when it bears none. Asked only where the tree does not tell. */
  readonly markOf: (row: ProcessRow) => string | null;
}

/** `root`: a descendant of a terminal's first process, of which there is no doubt. */
type Verdict = { readonly terminal: string | null; readonly how: 'root' | 'other' };
const nobody: Verdict = { terminal: null, how: 'other' };

/** pid → terminal. */
export function terminalsOf(rows: readonly ProcessRow[], belonging: Belonging): ReadonlyMap<number, string> {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const roots = new Map(belonging.roots.map((root) => [nameOf(root), root.terminal]));
  const keepers = new Set(belonging.keepers.map(nameOf));
  const verdicts = new Map<number, Verdict>();

  const judge = (row: ProcessRow): Verdict => {
    const settled = verdicts.get(row.pid);
    if (settled !== undefined) return settled;
    verdicts.set(row.pid, nobody); // A ring of parents, as recycled pids could seem to make, ends here.
    const verdict = row.pid <= 1 || keepers.has(nameOf(row)) ? nobody : judged(row);
    verdicts.set(row.pid, verdict);
    return verdict;
  };
  const judged = (row: ProcessRow): Verdict => {
    const own = roots.get(nameOf(row));
    if (own !== undefined) return { terminal: own, how: 'root' };
    const inherited = parentOf(row);
    if (inherited.how === 'root') return inherited;
    const marked = belonging.markOf(row);
    if (marked !== null) return { terminal: marked, how: 'other' };
    const leader = byPid.get(row.leader);
    const led = leader === undefined ? undefined : roots.get(nameOf(leader));
    if (led !== undefined) return { terminal: led, how: 'root' };
    if (inherited.terminal !== null) return inherited;
    const before = belonging.earlier.get(row.pid);
    return before?.startTime === row.startTime ? { terminal: before.terminal, how: 'other' } : nobody;
  };
  /** No parent is younger than its child: such a one has its pid from somebody else. */
  const parentOf = (row: ProcessRow): Verdict => {
    const parent = byPid.get(row.parent);
    return parent === undefined || parent.started > row.started ? nobody : judge(parent);
  };

  const found = new Map<number, string>();
  for (const row of rows) {
    const { terminal } = judge(row);
    if (terminal !== null) found.set(row.pid, terminal);
  }
  return found;
}

const nameOf = ({ pid, startTime }: NamedProcess): string => `${pid} ${startTime}`;

/** Milliseconds of processor time that each process, with its ended children, has used since the look before. */
export function usedSince(before: readonly ProcessRow[], now: readonly ProcessRow[]): ReadonlyMap<number, number> {
  const earlier = new Map(before.map((row) => [nameOf(row), row]));
  const counted = countedOfEnded(before, now);
  return new Map(
    now.map((row) => {
      const known = earlier.get(nameOf(row));
      // Who was not there has used all its time since.
      if (known === undefined) return [row.pid, row.cpu + row.childrenCpu];
      const ofChildren = row.childrenCpu - known.childrenCpu - (counted.get(row.pid) ?? 0);
      return [row.pid, Math.max(0, row.cpu - known.cpu) + Math.max(0, ofChildren)];
    }),
  );
}

/** When a child ends, its time goes over to whoever waits for it; what was counted for the child already is not counted again. */
function countedOfEnded(before: readonly ProcessRow[], now: readonly ProcessRow[]): ReadonlyMap<number, number> {
  const alive = new Set(now.map(nameOf));
  const earlier = new Map(before.map((row) => [row.pid, row]));
  const counted = new Map<number, number>();
  for (const row of before) {
    if (alive.has(nameOf(row))) continue;
    const heir = heirOf(row, { earlier, alive });
    if (heir !== null) counted.set(heir, (counted.get(heir) ?? 0) + row.cpu + row.childrenCpu);
  }
  return counted;
}

/** Its nearest ancestor that still lives. */
function heirOf(
  row: ProcessRow,
  { earlier, alive }: { readonly earlier: ReadonlyMap<number, ProcessRow>; readonly alive: ReadonlySet<string> },
): number | null {
  const seen = new Set([row.pid]);
  let parent = earlier.get(row.parent);
  while (parent !== undefined && !seen.has(parent.pid)) {
    if (alive.has(nameOf(parent))) return parent.pid;
    seen.add(parent.pid);
    parent = earlier.get(parent.parent);
  }
  return null;
}

export interface Used {
  readonly processes: number;
  /** Share of one core; null without a look before. */
  readonly cpu: number | null;
  readonly memory: number;
  readonly pids: readonly number[];
}

/** What belongs to nobody is left out. `spent` is null at the first look; `elapsed` are the milliseconds between the two. */
export function sumUp(
  rows: readonly ProcessRow[],
  keyOf: (pid: number) => string | undefined,
  { spent, elapsed }: { readonly spent: ReadonlyMap<number, number> | null; readonly elapsed: number },
): ReadonlyMap<string, Used> {
  const sums = new Map<string, { processes: number; ms: number; memory: number; pids: number[] }>();
  for (const { pid, memory, ended } of rows) {
    const key = keyOf(pid);
    if (key === undefined) continue;
    const sum = sums.get(key) ?? { processes: 0, ms: 0, memory: 0, pids: [] };
    sums.set(key, sum);
    sum.ms += spent?.get(pid) ?? 0;
    if (ended) continue;
    sum.processes += 1;
    sum.memory += memory;
    sum.pids.push(pid);
  }
  return new Map(
    [...sums].map(([key, { ms, ...sum }]) => [key, { ...sum, cpu: spent === null ? null : share(ms, elapsed) }]),
  );
}

const share = (ms: number, elapsed: number): number => (elapsed > 0 ? Math.round((ms / elapsed) * 1000) / 1000 : 0);
