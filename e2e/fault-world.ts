// A world with the project `demo` and a host that looks at it, whose commands are struck at any of their calls to the outside.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { checkHome } from '#main/care/check-home.ts';
import type { Host } from '#main/host/host.ts';
import { hostOf } from './host-of.ts';
import { createWorld, type World } from './world.ts';

export interface EndedCommand {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

export interface FaultWorld {
  readonly world: World;
  readonly host: Host;
  /** Starts the command, in a process of its own that can be killed and stopped. */
  begin(fault: string, words: readonly string[]): ChildProcess;
  /** Runs it to its end. */
  atheneWith(fault: string, words: readonly string[]): Promise<EndedCommand>;
  /** The calls that it makes when nothing strikes, one a line. */
  callsOf(words: readonly string[]): Promise<readonly string[]>;
  /** `athene fsck --repair` finds nothing that it can't mend. */
  expectMended(at: string): Promise<void>;
  close(): Promise<void>;
}

export async function openFaultWorld(): Promise<FaultWorld> {
  const world = createWorld();
  await world.athene('project', 'add', world.repository, '--id', 'demo');
  const host = await hostOf(world);
  const begin = (fault: string, words: readonly string[]): ChildProcess =>
    spawn(world.command, words, {
      cwd: world.repository,
      env: { ...world.env, ATHENE_FAULT: fault },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  const atheneWith = (fault: string, words: readonly string[]): Promise<EndedCommand> => endOf(begin(fault, words));
  return {
    ...{ world, host, begin, atheneWith },
    async callsOf(words) {
      const file = join(world.home, '..', 'calls');
      rmSync(file, { force: true });
      expect(await atheneWith(`count:0:${file}`, words)).toEqual({ code: 0, signal: null, stderr: '' });
      return readFileSync(file, 'utf8').trim().split('\n');
    },
    async expectMended(at) {
      const found = await checkHome(host.care, { mend: true, refresh: () => host.watch.refresh() });
      const left = found.filter(({ state }) => state !== 'repaired');
      expect(left, at).toEqual([]);
    },
    async close() {
      await host.close();
      await world.close();
    },
  };
}

function endOf(child: ChildProcess): Promise<EndedCommand> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stderr })));
}
