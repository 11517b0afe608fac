// Who listens on which TCP port, told by the kernel: on Linux sockets of /proc/net and open files of processes, elsewhere one `lsof`.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Listener } from '#shared/domain/usage.ts';
import { run } from './exec.ts';
import { faultPoint } from './fault-points.ts';
import { codeOf } from './files.ts';

export interface ListenersFound {
  readonly listeners: readonly Listener[];
  /** Processes into which nobody could look. */
  readonly closed: ReadonlySet<number>;
  /** Why nothing could be told at all; null when it could. */
  readonly cannotTell: string | null;
}

interface Known {
  readonly pid: number;
  readonly startTime: string;
}

/** Milliseconds between two questions to `lsof`, which takes its time. */
const lsofEvery = 10_000;

/** Remembers what it has found: open files are looked through again only when somebody began or ceased to listen. */
export class ListeningPorts {
  /** Inode → what listens there. All that were there at the last look through open files. */
  #sockets: ReadonlyMap<string, Socket> = new Map();
  #owners: readonly (Known & { readonly inode: string })[] = [];
  #closed: ReadonlySet<number> = new Set();
  #asked: { readonly at: number; readonly found: ListenersFound } | null = null;

  /** Of these processes alone. Never rejects. */
  async find(processes: readonly Known[]): Promise<ListenersFound> {
    try {
      faultPoint('process', 'listening-ports');
      if (process.platform === 'linux') return this.#findInProc(processes);
      if (process.platform === 'win32') return nothing("Ports can't be told on Windows yet.");
      const pids = new Set(processes.map(({ pid }) => pid));
      const all = await this.#askLsof();
      return { ...all, listeners: all.listeners.filter(({ pid }) => pids.has(pid)) };
    } catch (error) {
      return nothing(`The ports can't be read: ${String(error)}`);
    }
  }

  #findInProc(processes: readonly Known[]): ListenersFound {
    const sockets = readSockets();
    if (this.#isStale(sockets, processes)) this.#lookThrough(processes, sockets);
    const listeners = this.#owners.flatMap(({ pid, inode }) => {
      const socket = sockets.get(inode);
      return socket === undefined ? [] : [{ ...socket, pid }];
    });
    return { listeners, closed: this.#closed, cannotTell: null };
  }

  #isStale(sockets: ReadonlyMap<string, Socket>, processes: readonly Known[]): boolean {
    if ([...sockets.keys()].some((inode) => !this.#sockets.has(inode))) return true;
    const alive = new Map(processes.map(({ pid, startTime }) => [pid, startTime]));
    return this.#owners.some(({ pid, startTime }) => alive.get(pid) !== startTime);
  }

  #lookThrough(processes: readonly Known[], sockets: ReadonlyMap<string, Socket>): void {
    const closed = new Set<number>();
    this.#owners = processes.flatMap(({ pid, startTime }) => {
      const open = openSockets(pid);
      if (open === null) closed.add(pid);
      return (open ?? []).filter((inode) => sockets.has(inode)).map((inode) => ({ pid, startTime, inode }));
    });
    this.#closed = closed;
    this.#sockets = sockets;
  }

  async #askLsof(): Promise<ListenersFound> {
    if (this.#asked !== null && performance.now() - this.#asked.at < lsofEvery) return this.#asked.found;
    const asked = await run({
      ...{ file: '/usr/sbin/lsof', args: ['-nP', '-iTCP', '-sTCP:LISTEN', '-Fpn'] },
      ...{ cwd: '/', env: { LC_ALL: 'C' }, timeoutMs: 5000 },
    });
    // It exits 1 when nobody listens, and says why when it could not look.
    const answered = asked.kind === 'exited' && (asked.code === 0 || asked.stderr === '');
    const found: ListenersFound = answered
      ? { listeners: parseLsof(asked.stdout), closed: new Set(), cannotTell: null }
      : nothing('lsof did not answer.');
    this.#asked = { at: performance.now(), found };
    return found;
  }
}

const nothing = (cannotTell: string): ListenersFound => ({ listeners: [], closed: new Set(), cannotTell });

type Socket = Pick<Listener, 'port' | 'address'>;

/** By inode. A machine without IPv6 has no second file. */
function readSockets(): ReadonlyMap<string, Socket> {
  const second = readQuietly(() => readFileSync('/proc/net/tcp6', 'latin1'));
  return parseSockets(`${readFileSync('/proc/net/tcp', 'latin1')}\n${second}`);
}

/** proc_pid_net(5): the state is the 4th column, 0A when it listens; the inode is the 10th. */
export function parseSockets(table: string): ReadonlyMap<string, Socket> {
  const sockets = new Map<string, Socket>();
  for (const line of table.split('\n')) {
    if (!line.includes(' 0A ')) continue;
    const fields = line.trim().split(/\s+/);
    const [address, port] = (fields[1] ?? '').split(':');
    const inode = fields[9];
    if (fields[3] !== '0A' || address === undefined || port === undefined || inode === undefined) continue;
    sockets.set(inode, { address: readAddress(address), port: Number.parseInt(port, 16) });
  }
  return sockets;
}

/** Words of 32 bits in the order of the machine, which is little-endian wherever Athene runs. */
function readAddress(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).toReversed());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => `${bytes[index * 2]}${bytes[index * 2 + 1]}`);
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** Inodes of the sockets that a process has open; null when nobody may look. */
function openSockets(pid: number): readonly string[] | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const link = readQuietly(() => readlinkSync(`/proc/${pid}/fd/${fd}`));
      return link.startsWith('socket:[') ? [link.slice(8, -1)] : [];
    });
  } catch (error) {
    return codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH' ? [] : null;
  }
}

/** What was closed meanwhile, or is not there, has nothing to say. */
function readQuietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** `p123` names the process of the lines `n127.0.0.1:80` and `n*:443` that follow. */
export function parseLsof(printed: string): readonly Listener[] {
  let pid = 0;
  return printed.split('\n').flatMap((line) => {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    const match = /^n(.*):(\d+)$/.exec(line);
    if (match === null) return [];
    return [{ pid, address: (match[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(match[2]) }];
  });
}
