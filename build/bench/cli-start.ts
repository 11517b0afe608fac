// What a person or an agent waits for at every call of the command.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleRecord } from '../../src-main/storage/fixtures/scratch-home.ts';
import { openStore } from '../../src-main/storage/open-database.ts';
import { openHome } from '../../src-main/storage/paths.ts';
import { insertSession } from '../../src-main/storage/sessions.ts';
import { build } from '../build.ts';
import { interleaved, median, type Benchmark } from './benchmark.ts';

const sessions = 100;
const command = join(import.meta.dirname, '../../bin/athene');

export const cliStartBenchmark: Benchmark = {
  names: ['cli.start'],
  says: `athene status --json with ${sessions} sessions, as built; reference: node -e 0`,
  async run({ quick }) {
    // Stale, the command would run on its sources.
    if ((await build()) !== 0) throw new Error('It could not be built.');
    const folder = mkdtempSync(join(tmpdir(), 'athene-bench-'));
    const env = { ...process.env, ATHENE_HOME: join(folder, 'home') };
    try {
      await fill(env);
      const { ours, bare } = await interleaved(
        quick ? 10 : 40,
        () => call(command, ['status', '--json'], env),
        () => call(process.execPath, ['-e', '0'], env),
      );
      return [{ name: 'cli.start', unit: 'ms', value: median(ours), reference: median(bare), target: { atMost: 3 } }];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function fill(env: NodeJS.ProcessEnv): Promise<void> {
  const home = openHome(env);
  if (!home.ok) throw new Error(home.problem.what);
  const { store } = await openStore({ database: home.value.database, doorbell: home.value.doorbell });
  await store.write('fill', (tx) => {
    for (let number = 1; number <= sessions; number += 1) insertSession(tx, sampleRecord(`app-${number}`, { number }));
  });
  await store.close();
  // A home with sessions has a project, and somebody who set something.
  const project = `  app:\n    path: ${JSON.stringify(home.value.home)}\n    sessionPrefix: app\n    defaultBranch: main\n`;
  writeFileSync(home.value.config, `projects:\n${project}settings:\n  theme: dark\n`, { mode: 0o600 });
}

/** Milliseconds. */
async function call(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const begun = performance.now();
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = 0;
  child.stdout.on('data', (data: Buffer) => (printed += data.length));
  const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  if (code !== 0 || (file === command && printed < sessions * 100))
    throw new Error(`${file} ended with ${String(code)}, ${printed} bytes`);
  return performance.now() - begun;
}
