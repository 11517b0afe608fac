// The one gate: every check in turn, going on after a failure, closed by one line of counts.
import { findAgents } from './agent-programs.ts';
import { findBrowser } from './browser.ts';
import { electronBinary } from '../e2e/hosts/electron-binary.ts';
import { build } from './build.ts';
import { run } from './run.ts';
import { addCounts, type Counts, runAgentSpecs, runPlaywright, runVitest } from './test-reports.ts';

interface Step {
  readonly name: string;
  readonly run: () => Promise<Counts>;
}

const layers = 'build/layers.test.ts';
const steps: readonly Step[] = [
  { name: 'format', run: () => tool('oxfmt', '--check', '.') },
  { name: 'lint', run: () => tool('oxlint', '--type-aware', '--report-unused-disable-directives') },
  { name: 'types', run: () => tool('tsc', '-b') },
  { name: 'unused', run: () => tool('knip') },
  { name: 'layers', run: () => runVitest([layers]) },
  { name: 'build', run: async () => outcome(await build()) },
  { name: 'unit', run: () => runVitest(['--exclude', layers]) },
  { name: 'agents', run: realAgents },
  { name: 'e2e', run: endToEnd },
];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No step is called ${unknown.join(', ')}; there are: ${steps.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

let total: Counts = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
for (const step of steps.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  console.log(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}`);
  const start = performance.now();
  const counts = await step.run();
  total = addCounts(total, counts);
  summary.push(
    `${counts.failed > 0 ? '✗' : '✓'} ${step.name.padEnd(8)} ${seconds(start).padStart(7)}  ${describe(counts)}`,
  );
}
for (const { test, message } of total.named ?? []) console.log(`\n✗ ${test}\n${message.replace(/^/gm, '    ')}`);
console.log(`\n${summary.join('\n')}\n\n${describe(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function tool(command: string, ...args: string[]): Promise<Counts> {
  return outcome(await run(command, args));
}

/** A missing browser is a failure: a run that tried nothing must not look like one that passed. */
async function endToEnd(): Promise<Counts> {
  const browser = await findBrowser();
  if (browser.kind === 'missing') {
    console.error(browser.todo);
    return outcome(1);
  }
  console.log(`Browser: ${browser.path ?? "Playwright's own"}`);
  summary.push(`  Hosts of e2e: ${hostsOfEndToEnd()}`);
  return await runPlaywright(browser.path === null ? {} : { ATHENE_BROWSER: browser.path });
}

/** They are large and not everybody's: only where they are installed already, and else it is said. */
async function realAgents(): Promise<Counts> {
  const programs = findAgents(process.env);
  if (programs !== null) return await runAgentSpecs(programs);
  const why = 'Real agents: not run, since they are not installed (`npm run test:agents` installs them)';
  console.log(why);
  summary.push(`  ${why}`);
  return { passed: 0, failed: 0, skipped: 1 };
}

/** A stand-in is named as one, so that nobody takes it for Electron. */
function hostsOfEndToEnd(): string {
  const both = 'browser, stand-in for Electron';
  return electronBinary() === null
    ? `${both} (Electron itself was not run: its binary is not here)`
    : `${both}, Electron`;
}

function outcome(code: number): Counts {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
