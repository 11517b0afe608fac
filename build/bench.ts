// Runs benchmarks and prints their ratios; a missed target is reported, never an error: people judge.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Benchmark, Measurement } from './bench/benchmark.ts';
import { cliStartBenchmark } from './bench/cli-start.ts';
import { gitWrapperBenchmark } from './bench/git-wrapper.ts';
import { ptyBenchmark } from './bench/pty.ts';
import { spawnBenchmark } from './bench/spawn.ts';
import { supervisionBenchmark } from './bench/supervision.ts';
import { sweepBenchmark } from './bench/sweep.ts';

const benchmarks: readonly Benchmark[] = [
  ptyBenchmark,
  spawnBenchmark,
  gitWrapperBenchmark,
  cliStartBenchmark,
  sweepBenchmark,
  supervisionBenchmark,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
});
const known = benchmarks.flatMap(({ names }) => names);
const strange = positionals.filter((name) => !known.some((one) => matches(one, name)));
if (strange.length > 0) {
  console.error(`No benchmark is called ${strange.join(', ')}; there are: ${known.join(', ')}`);
  process.exit(1);
}

const results: Measurement[] = [];
for (const benchmark of benchmarks) {
  const wanted = benchmark.names.filter(
    (one) => positionals.length === 0 || positionals.some((name) => matches(one, name)),
  );
  if (wanted.length === 0) continue;
  console.log(`${benchmark.names.join(', ')}: ${benchmark.says}`);
  const measured = await benchmark.run({ quick: values.quick });
  results.push(...measured.filter(({ name }) => wanted.includes(name)));
}
printTable(results);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(asJson(results), null, 2)}\n`);

/** `pty` means all that begin with it. */
function matches(one: string, name: string): boolean {
  return one === name || one.startsWith(`${name}.`);
}

function printTable(measurements: readonly Measurement[]): void {
  const rows = measurements.map((one) => [
    one.name,
    `${shown(one.value)} ${one.unit}`,
    `${shown(one.reference)} ${one.unit}`,
    (one.value / one.reference).toFixed(2),
    targetOf(one),
    passes(one) ? 'pass' : 'missed',
  ]);
  const table = [['name', 'value', 'reference', 'ratio', 'target', ''], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  console.log(
    `\n${table
      .map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      .join('\n')}`,
  );
}

function asJson(measurements: readonly Measurement[]): object {
  return Object.fromEntries(
    measurements.map((one) => {
      const { name, value, reference } = one;
      return [name, { value, reference, ratio: value / reference, target: targetOf(one), pass: passes(one) }];
    }),
  );
}

function passes({ value, reference, target }: Measurement): boolean {
  return 'atLeast' in target ? value / reference >= target.atLeast : value / reference <= target.atMost;
}

function targetOf({ target }: Measurement): string {
  return 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
