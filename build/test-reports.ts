// Runs vitest and Playwright with their own output shown, and counts their tests from the JSON that they write beside it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  failedInPlaywright,
  failedInVitest,
  type FailedTest,
  type PlaywrightSuite,
  type VitestFiles,
} from './failed-tests.ts';
import { run } from './run.ts';

/** Numbers of tests. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Those of the failed ones that have a name. */
  readonly named?: readonly FailedTest[];
}

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    named: [...(a.named ?? []), ...(b.named ?? [])],
  };
}

/** @param programs the folder with the agents' commands */
export async function runAgentSpecs(programs: string, args: readonly string[] = []): Promise<Counts> {
  return await runVitest(['--config', 'e2e/agents/vitest.config.ts', ...args], { ATHENE_AGENTS: programs });
}

export async function runVitest(args: readonly string[], env: Record<string, string> = {}): Promise<Counts> {
  return await counted(
    (file) =>
      run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args], { env }),
    (report: VitestReport) => ({
      passed: report.numPassedTests,
      failed: Math.max(report.numFailedTests, report.success ? 0 : 1),
      skipped: report.numPendingTests + report.numTodoTests,
      named: failedInVitest(report, process.cwd()),
    }),
  );
}

export async function runPlaywright(env: Record<string, string>): Promise<Counts> {
  return await counted(
    (file) =>
      run('playwright', ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'], {
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      }),
    ({ stats, errors, suites }: PlaywrightReport) => ({
      // One that passed at the second try has failed once: it counts as failed.
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
      named: failedInPlaywright(suites),
    }),
  );
}

interface VitestReport extends VitestFiles {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly errors: readonly unknown[];
  readonly suites: readonly PlaywrightSuite[];
}

/** A runner that fails without a failed test (no report, an error outside of tests) counts as one failure. */
async function counted<Report>(
  start: (file: string) => Promise<number>,
  read: (report: Report) => Counts,
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'athene-report-'));
  try {
    const file = join(folder, 'report.json');
    const code = await start(file);
    const counts = read(JSON.parse(readFileSync(file, 'utf8')) as Report);
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch (error) {
    console.error(`No report was written: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
