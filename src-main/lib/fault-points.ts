// Every call to the outside passes a numbered point here, so that a test can fail, delay or kill at the n-th. Free when off.
import { appendFileSync } from 'node:fs';

export type Door = 'fs' | 'db' | 'git' | 'process' | 'net';

interface Fault {
  readonly kind: 'fail' | 'kill' | 'stop' | 'count';
  readonly at: number;
  /** Only calls of this name are counted; null: all. */
  readonly name: string | null;
  /** An errno name for `fail`, a file for `count` (one line per point is appended). */
  readonly argument: string;
}

const fault = parseFault(process.env['ATHENE_FAULT']);
let passed = 0;

/**
 * Counts one call through a door. With `ATHENE_FAULT=kill:17` the process kills itself before its 17th call, with `kill:pty-host-input#2`
 * before its second of that name, with `stop:17` it stops itself (SIGSTOP), with `fail:17:ENOSPC` the call throws that error, with
 * `count:0:FILE` the calls are written to FILE, one per line.
 */
export function faultPoint(door: Door, name: string): void {
  if (fault === null || (fault.name !== null && fault.name !== name)) return;
  passed += 1;
  strike(fault, door, name);
}

function strike({ kind, at, argument }: Fault, door: Door, name: string): void {
  if (kind === 'count') {
    appendFileSync(argument, `${passed} ${door} ${name}\n`);
    return;
  }
  if (passed !== at) return;
  if (kind === 'kill') process.kill(process.pid, 'SIGKILL');
  else if (kind === 'stop') process.kill(process.pid, 'SIGSTOP');
  else throw Object.assign(new Error(`${argument}: injected fault at ${door} ${name}`), { code: argument });
}

function parseFault(text: string | undefined): Fault | null {
  const match = /^(fail|kill|stop|count):(?:([a-z-]+)#)?(\d+)(?::(.+))?$/.exec(text ?? '');
  if (match === null) return null;
  const [, kind, name = null, at, argument = 'EIO'] = match;
  return { kind: kind as Fault['kind'], at: Number(at), name, argument };
}
