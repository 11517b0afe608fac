// Every text of every command × the hostile strings, with the real command on a real home. What there is to try is what they declare.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SingleCommand } from '#main/cli/command.ts';
import { topics } from '#main/cli/commands.ts';
import { runName, some } from './corpus.ts';
import { createHostileWorld, type HostileWorld } from './hostile-world.ts';
import { run } from '../world.ts';

const patience = 300_000;

let world: HostileWorld;
let tried = 0;

beforeAll(async () => {
  world = createHostileWorld();
  expect((await athene(['project', 'add', world.repository, '--id', 'demo'])).code).toBe(0);
}, patience);

afterAll(async () => {
  console.log(`Hostile strings in commands (${runName}): ${tried} tried, ${world.violations().length} escapes`);
  await world.close();
}, patience);

const athene = (words: readonly string[]) => run(world.command, words, { cwd: world.repository, env: world.env });

/** They go on until somebody ends them. */
const endless = new Set(['serve', 'demo']);

interface Usage {
  /** `session kill` */
  readonly command: readonly string[];
  readonly positionals: readonly string[];
  /** Option, and the name of its value. */
  readonly options: readonly (readonly [string, string])[];
}

async function usages(): Promise<readonly Usage[]> {
  const loads = topics.flatMap(({ commands }) => Object.entries(commands)).filter(([name]) => !endless.has(name));
  const loaded = await Promise.all(loads.map(async ([name, load]) => ({ name, command: await load() })));
  return loaded.flatMap(({ name, command }) =>
    command.kind === 'single'
      ? [usageOf([name], command)]
      : command.commands.map((each) => usageOf([name, each.name], each)),
  );
}

const usageOf = (command: readonly string[], { words, options }: SingleCommand): Usage => ({
  command,
  positionals: words.map(({ name }) => name),
  options: Object.entries(options).flatMap(([name, { value }]) =>
    value === undefined ? [] : [[`--${name}`, value] as const],
  ),
});

const usual: Readonly<Record<string, string>> = {
  ...{
    ID: 'repo-1',
    P: 'demo',
    S: 'repo-1',
    A: 'custom',
    TEXT: 'text',
    LINE: 'true',
    N: '3',
    NAME: 'name',
    B: 'b',
    REF: 'main',
  },
  ...{ M: 'm', PATH: 'somewhere', ISSUE: '7', 'SESSION/N': 'repo-1/1', DIR: 'nowhere', FILE: 'nothing.yaml' },
};

const wordsFor = ({ command, positionals, options }: Usage, slot: number, text: string): readonly string[] => {
  const given = positionals.map((name, at) => (at === slot ? text : (usual[name] ?? 'x')));
  const chosen = options[slot - positionals.length];
  const needed =
    command[0] === 'spawn' && chosen?.[0] !== '--command' ? ['--agent', 'custom', '--command', 'true'] : [];
  return [...command, ...needed, ...(chosen === undefined ? [] : [`${chosen[0]}=${text}`]), '--', ...given];
};

it(
  'does no harm in any text of any command',
  async () => {
    const declared = await usages();
    expect(declared.length).toBeGreaterThan(60);
    for (const usage of declared) {
      const slots = usage.positionals.length + usage.options.length;
      for (let slot = 0; slot < slots; slot += 1) {
        const isLine = usage.options[slot - usage.positionals.length]?.[1] === 'LINE';
        // No argument of a program can hold a NUL.
        const all = (isLine ? world.commandLines : world.strings).filter((text) => !text.includes('\0'));
        for (const text of some(all, 1)) {
          const words = wordsFor(usage, slot, text);
          const { code, stderr } = await athene(words);
          tried += 1;
          expect([0, 1, 2], JSON.stringify([words, stderr])).toContain(code);
          expect(stderr, JSON.stringify(words)).not.toMatch(/\n\s+at .*:\d+:\d+/);
        }
      }
    }
    expect(tried).toBeGreaterThan(30);
    expect(world.violations()).toEqual([]);
  },
  patience,
);
