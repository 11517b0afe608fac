// What the wrapper adds to every git call of every agent.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureWrappers } from '../../src-main/hooks/wrappers.ts';
import { openHome } from '../../src-main/storage/paths.ts';
import { interleaved, median, type Benchmark } from './benchmark.ts';

export const gitWrapperBenchmark: Benchmark = {
  names: ['git-wrapper'],
  says: 'git status in an empty repository through the wrapper; reference: git itself',
  async run({ quick }) {
    const root = mkdtempSync(join(tmpdir(), 'athene-bench-'));
    try {
      const home = openHome({ ATHENE_HOME: join(root, 'home') });
      if (!home.ok) throw new Error(home.problem.what);
      const wrappers = await ensureWrappers(home.value);
      if (wrappers === null) return [];
      await call('git', ['init', '-q', root], root, process.env);
      const env = { ...process.env, ATHENE_HOME: home.value.home, ATHENE_SESSION: 'bench-1' };
      const status = (program: string) => () => call(program, ['status', '--short'], root, env);
      const { ours, bare } = await interleaved(
        quick ? 20 : 200,
        status(join(wrappers.directory, 'git')),
        status('git'),
      );
      return [
        {
          ...{ name: 'git-wrapper', unit: 'ms', value: median(ours), reference: median(bare) },
          target: { atMost: 1.5 },
        },
      ];
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  },
};

/** Milliseconds. */
async function call(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  const begun = performance.now();
  const child = spawn(program, args, { cwd, env, stdio: 'ignore' });
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  return performance.now() - begun;
}
