// A world with something beside it that nobody may touch, and a git that notes how it was called.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createWorld, type World } from '../world.ts';
import { hostileStrings } from './corpus.ts';

export interface HostileWorld extends World {
  readonly strings: readonly string[];
  /** For what is a command line by its nature: a shell may see it. */
  readonly commandLines: readonly string[];
  /** Everything that went wrong so far, in words. */
  violations(): readonly string[];
}

export function createHostileWorld(): HostileWorld {
  const world = createWorld();
  const root = join(world.home, '..', '..');
  const [outside, bin, marker] = [join(root, 'outside'), join(root, 'bin'), join(root, 'marker')];
  const calls = join(root, 'git-calls');
  for (const path of [outside, bin]) mkdirSync(path);
  writeFileSync(join(outside, 'file'), 'nobody may touch this');
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  const git = directories.map((directory) => join(directory, 'git')).find((file) => existsSync(file)) ?? 'git';
  const note = `printf '%s\\0' "$@" >> '${calls}'; printf '\\n\\0' >> '${calls}'`;
  writeFileSync(join(bin, 'git'), `#!/bin/sh\n${note}\nexec '${git}' "$@"\n`, { mode: 0o755 });
  writeFileSync(calls, '');
  const env = { ...world.env, PATH: [bin, world.env['PATH'] ?? ''].join(delimiter) };
  const before = outsideOf(root);
  return {
    ...world,
    env,
    strings: hostileStrings(marker, outside),
    commandLines: hostileStrings(join(root, 'allowed'), outside),
    violations: () => [
      ...(existsSync(marker) ? ['A shell saw a string'] : []),
      ...outsideOf(root)
        .filter((line) => !before.includes(line))
        .map((line) => `Outside of the home: ${line}`),
      ...before.filter((line) => !outsideOf(root).includes(line)).map((line) => `Gone outside of the home: ${line}`),
      ...injections(readFileSync(calls, 'utf8')).map((words) => `An option for git: ${words}`),
    ],
  };
}

/** Names beside the home, and the content of what nobody may touch. */
function outsideOf(root: string): readonly string[] {
  const own = new Set(['allowed', 'marker', 'git-calls']);
  const names = (path: string): readonly string[] => readdirSync(path).map((name) => `${path}/${name}`);
  const files = readdirSync(join(root, 'outside')).map((name) => {
    const content = readFileSync(join(root, 'outside', name));
    return `${name} ${createHash('sha256').update(content).digest('hex')}`;
  });
  // What programs that people run leave in their home directory is theirs.
  const person = readdirSync(join(root, 'person')).filter((name) => !name.startsWith('.'));
  return [...names(root).filter((path) => !own.has(path.slice(root.length + 1))), ...person, ...files];
}

/** Calls in which one of our strings stands where git reads options. */
function injections(log: string): readonly string[] {
  return log
    .split('\n\0')
    .map((call) => call.split('\0').slice(0, -1))
    .filter((words) => {
      const end = words.findIndex((word) => word === '--' || word === '--end-of-options');
      return words.some((word, at) => word.startsWith('-') && word.includes('hostile') && (end === -1 || at < end));
    })
    .map((words) => words.join(' '));
}
