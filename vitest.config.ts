import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Whole flows take longest: begun first, none of them runs on alone when all else is done. */
class FlowsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isFlow = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/e2e/');
    return [...sorted.filter(isFlow), ...sorted.filter((file) => !isFlow(file))];
  }
}

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.ts', 'src-*/**/*.test.tsx', 'build/**/*.test.ts', 'e2e/**/*.test.ts'],
    // Those need the real agents: npm run test:agents.
    exclude: ['e2e/agents/**', '**/node_modules/**'],
    // Far more than anything takes: a machine that is busy fails no test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 50 } },
    pool: 'forks',
    // One more than the smallest machine has cores: flows wait for a third of their time.
    maxWorkers: 3,
    sequence: { sequencer: FlowsFirst },
  },
});
