// The whole process table with what each process has used, in one look: files of /proc, or one `ps`. No process is started on Linux.
import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessRow } from '#shared/domain/process-table.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { run } from './exec.ts';
import { faultPoint } from './fault-points.ts';

export interface SweptProcess extends ProcessRow {
  /** Changes with exec; cut to 15 characters, and empty where it is not asked for. */
  readonly name: string;
}

/** The failure is why the table can't be read, as a sentence. */
export async function sweepProcesses(): Promise<Result<readonly SweptProcess[], string>> {
  try {
    faultPoint('process', 'sweep');
    if (process.platform === 'linux') return ok(sweepProc());
    if (process.platform === 'win32') return fail("What processes use can't be told on Windows yet.");
    return await sweepByPs();
  } catch (error) {
    return fail(`The process table can't be read: ${String(error)}`);
  }
}

function sweepProc(): readonly SweptProcess[] {
  const units = (knownUnits ??= readUnits());
  const rows: SweptProcess[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const row = parseStat(pid, readFileSync(`/proc/${name}/stat`, 'latin1'), units);
      if (row !== null) rows.push(row);
    } catch {
      // It has ended between the two looks.
    }
  }
  return rows;
}

export interface Units {
  /** Bytes. */
  readonly page: number;
  /** Per second. */
  readonly ticks: number;
}

/** proc(5): the name in brackets may hold anything, brackets too; what follows are fields 3 and on. */
export function parseStat(pid: number, stat: string, { page, ticks }: Units): SweptProcess | null {
  const end = stat.lastIndexOf(')');
  const fields = stat.slice(end + 2).split(' ');
  const number = (index: number): number => Number(fields[index]);
  const ms = (index: number): number => (number(index) * 1000) / ticks;
  const startTime = fields[19] ?? '';
  if (end < 0 || !/^\d+$/.test(startTime)) return null;
  return {
    pid,
    name: stat.slice(stat.indexOf('(') + 1, end),
    ended: fields[0] === 'Z' || fields[0] === 'X',
    parent: number(1),
    leader: number(3),
    startTime,
    started: Number(startTime),
    cpu: ms(11) + ms(12),
    childrenCpu: ms(13) + ms(14),
    memory: number(21) * page,
  };
}

// They can't change while the machine runs.
let knownUnits: Units | undefined;

/** getauxval(3): pairs of machine words; 6 is the size of a page, 17 how many ticks a second has. */
function readUnits(): Units {
  const words = readFileSync('/proc/self/auxv');
  const found = new Map<number, number>();
  for (let at = 0; at + 16 <= words.length; at += 16) {
    found.set(Number(words.readBigUInt64LE(at)), Number(words.readBigUInt64LE(at + 8)));
  }
  return { page: found.get(6) ?? 4096, ticks: found.get(17) ?? 100 };
}

async function sweepByPs(): Promise<Result<readonly SweptProcess[], string>> {
  const args = ['-A', '-o', 'pid=,ppid=,pgid=,rss=,time=,lstart='];
  const asked = await run({ file: '/bin/ps', args, cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' }, timeoutMs: 5000 });
  if (asked.kind !== 'exited' || asked.code !== 0) return fail("The process table can't be read: ps did not answer.");
  return ok(
    asked.stdout
      .split('\n')
      .map(parsePs)
      .filter((row) => row !== null),
  );
}

/** `  501  1  501  2048  0:01.25 Thu Nov 26 14:20:00 2026`; memory in KB. Sessions and the time of ended children are not told. */
export function parsePs(line: string): SweptProcess | null {
  const match = /^\s*(\d+)\s+(\d+)\s+\d+\s+(\d+)\s+([\d:.-]+)\s+(\S.*)$/.exec(line);
  if (match === null) return null;
  const [, pid, parent, kilobytes, time = '', since = ''] = match;
  const startTime = since.trim();
  const began = Date.parse(`${startTime} UTC`);
  return {
    ...{ pid: Number(pid), parent: Number(parent), leader: 0, name: '', ended: false, childrenCpu: 0 },
    startTime,
    started: Number.isNaN(began) ? 0 : began,
    cpu: millisecondsOf(time),
    memory: Number(kilobytes) * 1024,
  };
}

/** `[[days-]hours:]minutes:seconds[.hundredths]`. */
function millisecondsOf(time: string): number {
  const [days, clock] = time.includes('-') ? (time.split('-', 2) as [string, string]) : ['0', time];
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
