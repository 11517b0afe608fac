// How long a process has been computing.
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds over all threads, to the microsecond; NaN where the system does not tell (anything but Linux). */
export function processorTime(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, thread) => sum + nanoseconds(`/proc/${pid}/task/${thread}/schedstat`), 0) / 1e6;
}

function nanoseconds(file: string): number {
  return Number(readFileSync(file, 'utf8').split(' ')[0]);
}
