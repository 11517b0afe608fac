// A host that lives on, as an app or a server has it, in a process of its own that can be killed. It needs no screen.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { World } from './world.ts';

const program = `
  import { openHost } from '#main/host/open-host.ts';
  const opened = await openHost({ env: process.env, live: true });
  if (!opened.ok) throw new Error(opened.problem.what);
  setInterval(() => undefined, 1000);
  process.once('SIGTERM', async () => { await opened.value.close(); process.exit(0); });
  console.log('ready');`;

/** Resolves when it serves. */
export async function startLiveHost(world: World): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...world.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

export async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
