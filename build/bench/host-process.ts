// The pty host of a benchmark's home.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Pid of the process that serves this home, found by its arguments; 0 when there is none. */
export function hostPid(home: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return Number(pids.find((pid) => argumentsOf(pid).includes(`--home=${home}\0`)) ?? 0);
}

/** Ends it, so that it does not wait a minute for somebody in a home that is gone. Its terminals must have ended. */
export async function endHost(home: string): Promise<void> {
  const pid = hostPid(home);
  if (pid === 0) return;
  process.kill(pid, 'SIGTERM');
  while (argumentsOf(String(pid)) !== '') await sleep(20);
}

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // Gone meanwhile.
  }
}
