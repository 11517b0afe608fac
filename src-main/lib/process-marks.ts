// Which terminal a process was started for, by the mark in its environment (Linux alone shows it without starting a process).
import { readFileSync } from 'node:fs';
import type { SweptProcess } from './process-sweep.ts';

/** Environments change only by exec, which nearly always changes the name too: each is read once per process and name. */
export class ProcessMarks {
  readonly #variable: string;
  #known = new Map<number, { readonly key: string; readonly value: string | null }>();

  constructor(variable: string) {
    this.#variable = variable;
  }

  markOf({ pid, startTime, name }: SweptProcess): string | null {
    const key = `${startTime} ${name}`;
    const known = this.#known.get(pid);
    if (known?.key === key) return known.value;
    const value = this.#read(pid);
    this.#known.set(pid, { key, value });
    return value;
  }

  /** Forgets those that have ended. */
  keep(pids: ReadonlySet<number>): void {
    for (const pid of this.#known.keys()) if (!pids.has(pid)) this.#known.delete(pid);
  }

  #read(pid: number): string | null {
    if (process.platform !== 'linux') return null;
    try {
      const environment = `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`;
      const at = environment.indexOf(`\0${this.#variable}=`);
      if (at < 0) return null;
      const from = at + this.#variable.length + 2;
      return environment.slice(from, environment.indexOf('\0', from));
    } catch {
      return null; // Another user's, or it has just ended: it bears no mark that anybody could read.
    }
  }
}
