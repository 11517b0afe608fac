// Finds and ends everything that one terminal started: by parents, by session, and by the marker in the environment.
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { faultPoint } from './fault-points.ts';
import { bootId, signalProcess, type ProcessIdentity } from './process-identity.ts';

export interface TreeOptions {
  /** Name and value in the environment of every process of the tree, e.g. `ATHENE_TERMINAL=<uuid>`. */
  readonly marker: { readonly name: string; readonly value: string };
  /** The first process, when it is known. */
  readonly root: ProcessIdentity | null;
  /** One that bears the mark, with its descendants, and is left alone. */
  readonly except?: ProcessIdentity;
}

/** Milliseconds between TERM and KILL. */
const grace = 3000;
/** Milliseconds of KILL before what is left counts as a survivor; while new ones keep coming it is patient for longer. */
const killTime = 2000;
const longestKill = 10_000;

/**
 * TERM and HUP, after 3 s KILL, until nothing is left. Resolves with the pids that could not be ended (uninterruptible, another
 * user's); empty when all are gone. A process that has removed the marker and left session and parents is not found.
 */
export async function endTree(options: TreeOptions): Promise<readonly number[]> {
  const tree = new Tree(options);
  let found = await tree.find();
  for (const member of found)
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGCONT'] as const) signalProcess(member, signal);
  const termUntil = performance.now() + grace;
  for (let pause = 10; found.length > 0 && performance.now() < termUntil; pause = Math.min(pause * 2, 100)) {
    await sleep(pause);
    found = await tree.find();
  }
  const began = performance.now();
  const seen = new Set<number>();
  let killUntil = began + killTime;
  while (found.length > 0) {
    const fresh = found.filter(({ pid }) => !seen.has(pid));
    for (const { pid } of fresh) seen.add(pid);
    if (fresh.length > 0) killUntil = Math.min(began + longestKill, performance.now() + killTime);
    if (performance.now() > killUntil) return found.map(({ pid }) => pid);
    await stopAll(tree, found);
    for (const member of await tree.find()) signalProcess(member, 'SIGKILL');
    await sleep(10);
    found = await tree.find();
  }
  return [];
}

/** Processes of the tree that run now. Never includes this process or what it started for others. */
export const findTree = async (options: TreeOptions): Promise<readonly ProcessIdentity[]> => new Tree(options).find();

export interface TreeMember extends ProcessIdentity {
  readonly parent: number;
  /** By a signal, or by job control. */
  readonly stopped: boolean;
}

/** Each call of what it returns looks anew, and remembers whom it has seen. */
export function openTree(options: TreeOptions): () => Promise<readonly TreeMember[]> {
  const tree = new Tree(options);
  return () => tree.find();
}

/** A program that keeps forking outruns a sweep; a stopped one does not. */
async function stopAll(tree: Tree, found: readonly ProcessIdentity[]): Promise<void> {
  const stopped = new Set<number>();
  let fresh = found;
  for (let round = 0; fresh.length > 0 && round < 20; round += 1) {
    for (const member of fresh) {
      signalProcess(member, 'SIGSTOP');
      stopped.add(member.pid);
    }
    fresh = (await tree.find()).filter(({ pid }) => !stopped.has(pid));
  }
}

/** One row of the process table. */
interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  readonly startTime: string;
  readonly stopped: boolean;
}

/** Remembers what it has found, so that a child stays known after its parents have ended. */
class Tree {
  readonly #options: TreeOptions;
  /** pid → start time of processes known to belong here. */
  readonly #known = new Map<number, string>();
  /** pid → start time and verdict: an environment is read once per process. */
  readonly #marks = new Map<number, { readonly startTime: string; readonly mark: Mark }>();

  constructor(options: TreeOptions) {
    this.#options = options;
    if (options.root !== null && options.root.bootId === bootId())
      this.#known.set(options.root.pid, options.root.startTime);
  }

  async find(): Promise<TreeMember[]> {
    const rows = await processTable();
    await this.#readMarks(rows);
    const byPid = new Map(rows.map((row) => [row.pid, row]));
    const verdicts = new Map<number, boolean>();
    const members = rows.filter((row) => this.#belongs(row, byPid, verdicts));
    for (const { pid, startTime } of members) this.#known.set(pid, startTime);
    return members.map(({ pid, startTime, parent, stopped }) => ({
      pid,
      startTime,
      parent,
      stopped,
      bootId: bootId(),
    }));
  }

  #belongs(row: Row, byPid: ReadonlyMap<number, Row>, verdicts: Map<number, boolean>): boolean {
    const settled = verdicts.get(row.pid);
    if (settled !== undefined) return settled;
    verdicts.set(row.pid, false);
    const verdict = this.#judge(row, byPid, verdicts);
    verdicts.set(row.pid, verdict);
    return verdict;
  }

  #judge(row: Row, byPid: ReadonlyMap<number, Row>, verdicts: Map<number, boolean>): boolean {
    if (row.pid === process.pid || row.pid <= 1 || this.#isExcepted(row, byPid)) return false;
    if (this.#known.get(row.pid) === row.startTime) return true;
    const mark = this.#marks.get(row.pid)?.mark ?? 'none';
    if (mark !== 'none') return mark === 'ours';
    if (this.#leads(byPid.get(row.session))) return true;
    const parent = byPid.get(row.parent);
    return parent !== undefined && this.#belongs(parent, byPid, verdicts);
  }

  #isExcepted(row: Row, byPid: ReadonlyMap<number, Row>): boolean {
    const { except } = this.#options;
    if (except === undefined) return false;
    let at: Row | undefined = row;
    for (let depth = 0; at !== undefined && depth < 100; depth += 1) {
      if (at.pid === except.pid && at.startTime === except.startTime) return true;
      at = byPid.get(at.parent);
    }
    return false;
  }

  /** True for the terminal's session as long as its first process is there to vouch for the number. */
  #leads(leader: Row | undefined): boolean {
    const { root } = this.#options;
    return leader !== undefined && root !== null && leader.pid === root.pid && leader.startTime === root.startTime;
  }

  /** Environments change only by exec, so an unmarked process is looked at again and a marked one is not. */
  async #readMarks(rows: readonly Row[]): Promise<void> {
    const unread = rows.filter(({ pid, startTime }) => {
      const seen = this.#marks.get(pid);
      return seen === undefined || seen.startTime !== startTime || seen.mark === 'none';
    });
    await Promise.all(
      unread.map(async ({ pid, startTime }) =>
        this.#marks.set(pid, { startTime, mark: await markOf(pid, this.#options.marker) }),
      ),
    );
  }
}

type Mark = 'ours' | 'another' | 'none';

async function markOf(pid: number, marker: TreeOptions['marker']): Promise<Mark> {
  const environment = await environmentOf(pid);
  const at = environment.indexOf(`\0${marker.name}=`);
  if (at < 0) return 'none';
  return environment.startsWith(`${marker.value}\0`, at + marker.name.length + 2) ? 'ours' : 'another';
}

/** NUL before and after each variable; empty when it can't be read (another user's, or just gone). */
async function environmentOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return environments?.get(pid) ?? '';
  try {
    return `\0${await readFile(`/proc/${pid}/environ`, 'latin1')}\0`;
  } catch {
    return '';
  }
}

async function processTable(): Promise<Row[]> {
  faultPoint('process', 'process-table');
  if (process.platform !== 'linux') return tableByPs();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const rows = await Promise.all(pids.map(readRow));
  return rows.filter((row) => row !== null);
}

/** proc(5): after the name in brackets come state, parent, group, session, …; the start time is the 20th of them. */
async function readRow(pid: number): Promise<Row | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null); // It has ended meanwhile.
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const stopped = fields[0] === 'T';
  return { pid, parent: Number(fields[1]), session: Number(fields[3]), startTime: fields[19] ?? '', stopped };
}

/** Environments of the last `ps`, where there is no /proc. Not tried on a Mac yet. */
let environments: ReadonlyMap<number, string> | null = null;

async function tableByPs(): Promise<Row[]> {
  const { run } = await import('./exec.ts');
  const ask = async (args: readonly string[]) => {
    const env = { LC_ALL: 'C', TZ: 'UTC' };
    const outcome = await run({ file: '/bin/ps', args, cwd: '/', env, timeoutMs: 2000 });
    return outcome.kind === 'exited' ? outcome.stdout.split('\n') : [];
  };
  const [table, commands] = [
    await ask(['-axo', 'pid=,ppid=,sess=,stat=,lstart=']),
    await ask(['-axEwwo', 'pid=,command=']),
  ];
  environments = new Map(
    commands.flatMap((line) => {
      const match = /^\s*(\d+)\s(.*)$/.exec(line);
      return match === null ? [] : [[Number(match[1]), `${match[2]} `.replaceAll(' ', '\0')] as const];
    }),
  );
  return table.flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(.*)$/.exec(line);
    if (match === null || match[4]?.startsWith('Z') === true) return [];
    // The session is a kernel address there, which says nothing about its leader.
    const stopped = match[4]?.startsWith('T') === true;
    return [
      { pid: Number(match[1]), parent: Number(match[2]), session: 0, startTime: match[5]?.trim() ?? '', stopped },
    ];
  });
}
