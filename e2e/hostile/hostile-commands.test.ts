// Every text of every command × the hostile strings, with the real command on a real home. What there is to try is read from its help.
import { afterAll, beforeAll, expect, it } from 'vitest';
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

/** Lines of a help text that begin with the command, with those that go on with its options. */
function usagesIn(help: string): readonly Usage[] {
  const usages: string[] = [];
  for (const line of help.split('\n')) {
    const shown = line.replace(/ {3,}\S.*$/, (rest, at: number) => (at === 0 ? rest : ''));
    if (line.startsWith('athene ')) usages.push(shown);
    else if (/^ +\[--/.test(line) && usages.length > 0) usages.push(`${usages.pop()} ${shown.trim()}`);
  }
  return usages.map((usage) => {
    const words = usage.replaceAll(/[[\]]/g, ' ').replaceAll('...', '').split(/\s+/).filter(Boolean).slice(1);
    const command: string[] = [];
    while (/^[a-z-]+$/.test(words[0] ?? '') && !words[0]?.startsWith('--')) command.push(words.shift() ?? '');
    const options: [string, string][] = [];
    const positionals: string[] = [];
    for (const [at, word] of words.entries()) {
      const next = words[at + 1] ?? '--';
      if (word.startsWith('--') && !next.startsWith('--') && optionTakes(usage, word)) options.push([word, next]);
      else if (!word.startsWith('--') && !(words[at - 1] ?? '').startsWith('--')) positionals.push(word);
    }
    return { command, positionals, options };
  });
}

/** Its value stands in the same brackets. */
const optionTakes = (usage: string, option: string): boolean =>
  new RegExp(`${option} [^\\]\\s]`).test(usage.replaceAll('] [', ']'));

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
    const listed = (await athene(['help'])).stdout;
    const commands = [...new Set([...listed.matchAll(/^ *athene ([a-z-]+)/gm)].map(([, name = '']) => name))];
    expect(commands).toEqual(expect.arrayContaining(['project', 'spawn', 'session', 'send', 'rescue']));
    for (const name of commands.filter((each) => !endless.has(each))) {
      for (const usage of usagesIn((await athene([name, '--help'])).stdout)) {
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
    }
    expect(tried).toBeGreaterThan(30);
    expect(world.violations()).toEqual([]);
  },
  patience,
);
