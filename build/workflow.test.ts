import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageOutput } from './electron-builder.ts';
import { planOf } from './package-plan.ts';
import { root } from './prepare.mjs';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: unknown;
  readonly strategy?: { readonly matrix: { readonly os: readonly string[] } };
  readonly steps: readonly Step[];
}

const text = readFileSync(join(root, '.github/workflows/desktop.yml'), 'utf8');
const workflow = parse(text) as {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
};
const jobs = Object.values(workflow.jobs);
const steps = jobs.flatMap((job) => job.steps);
const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

it('tests and packages on the three systems, for every push and pull request', () => {
  expect(Object.keys(workflow.on)).toEqual(['push', 'pull_request']);
  for (const name of ['test', 'package'])
    expect(workflow.jobs[name]?.strategy?.matrix.os.map((os) => os.split('-')[0])).toEqual([
      'ubuntu',
      'macos',
      'windows',
    ]);
  expect(jobs.every((job) => job['timeout-minutes'] !== undefined)).toBe(true);
});

it('every npm script and file that it runs is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const called = commands
    .flatMap((command) => /npm (?:run (\S+)|(test|start))/.exec(command)?.slice(1) ?? [])
    .filter(Boolean);
  expect(called).toEqual(expect.arrayContaining(['test', 'package']));
  expect(called.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  const files = commands.flatMap((command) => /^node (\S+)/.exec(command)?.[1] ?? []);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  const options = commands.flatMap((command) => /npm run package -- (.*)/.exec(command)?.[1]?.split(' ') ?? []);
  expect(planOf(options, { platform: 'linux', arch: 'x64' })?.targets).toHaveLength(2);
});

it('actions are pinned by their commit, and get to read the sources, nothing else', () => {
  const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
  expect(used.filter((uses) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(jobs.filter((job) => job.permissions !== undefined)).toEqual([]);
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  expect(checkouts.every((step) => step.with?.['persist-credentials'] === false)).toBe(true);
});

it('needs no secret, and puts nothing of a pull request into a command', () => {
  expect(text).not.toContain('secrets.');
  expect(text).not.toContain('pull_request_target');
  expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  expect(text).not.toContain('no-sandbox');
});

it('what is uploaded is what packaging makes', () => {
  const upload = workflow.jobs['package']?.steps.at(-1);
  const paths = String(upload?.with?.['path']).trim().split('\n');
  expect(paths.map((path) => path.replace(/\*.*/, ''))).toEqual(paths.map(() => `${packageOutput}/`));
  expect(paths.map((path) => path.replace(/.*\*\./, ''))).toEqual(['AppImage', 'deb', 'dmg', 'zip', 'exe']);
});
