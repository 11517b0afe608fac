import type { Benchmark } from './benchmark.ts';

export const spawnBenchmark: Benchmark = {
  names: ['spawn'],
  says: 'from the request to the first byte of the agent, against git worktree add and pty.spawn one after the other',
  run: async () => [],
};
