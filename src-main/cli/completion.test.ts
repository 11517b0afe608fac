// The scripts, in the shells that they are for.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../storage/open-database.ts';
import { openHome } from '../storage/paths.ts';
import { insertSession } from '../storage/sessions.ts';
import { sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { scripts } from './completion.ts';

const folder = mkdtempSync(join(tmpdir(), 'athene-completion-'));
const env = {
  ...{ HOME: folder, PATH: `${folder}:${process.env['PATH'] ?? '/usr/bin:/bin'}`, LANG: 'C.UTF-8' },
  ATHENE_HOME: join(folder, 'home'),
};
const script = (shell: keyof typeof scripts): string => join(folder, `athene.${shell}`);

beforeAll(() => {
  for (const shell of ['bash', 'zsh', 'fish'] as const) writeFileSync(script(shell), scripts[shell]);
  writeFileSync(join(folder, 'letter.txt'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(lines: string): void {
  writeFileSync(join(folder, 'athene'), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(folder, 'athene'), 0o700);
}

/** What the shell shows, and what it asked of a command that answers so. */
function tried(file: string, args: readonly string[], answer: string): { shown: readonly string[]; asked: string } {
  writeFileSync(join(folder, 'answer'), answer);
  program(`echo "$*" > '${folder}/asked'; cat '${folder}/answer'`);
  return { shown: shownBy(file, args), asked: readFileSync(join(folder, 'asked'), 'utf8').trim() };
}

const shownBy = (file: string, args: readonly string[]): readonly string[] =>
  execFileSync(file, args, { env, cwd: folder, encoding: 'utf8' }).trim().split('\n');

const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;
const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');

const inBash = (words: readonly string[]): readonly string[] => [
  '--norc',
  '-c',
  `source '${script('bash')}'; COMP_WORDS=(athene ${quoted(words)}); COMP_CWORD=${words.length}
   _athene athene 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`,
];
const inZsh = (words: readonly string[]): readonly string[] => [
  '-f',
  '-c',
  `compdef() { : }; _files() { print files $* }; _describe() { print -rl -- \${(P)2} }
   source '${script('zsh')}'; words=(athene ${quoted(words)}); CURRENT=${words.length + 1}; _athene`,
];
const inFish = (line: string): readonly string[] => [
  '--no-config',
  '-c',
  `source '${script('fish')}'; complete -C '${line}'`,
];

it('bash asks the command, and finds files itself', () => {
  expect(tried('bash', inBash(['session', 'kill', 'a']), 'app-2\tits name\napp-1\t\n')).toEqual({
    shown: ['app-2', 'app-1'],
    asked: 'complete -- session kill a',
  });
  expect(tried('bash', inBash(['send', 'app-1', '--file', 'let']), ':file\n').shown).toEqual(['letter.txt']);
  expect(tried('bash', inBash(['']), '').shown).toEqual(['']);
});

it('bash gets the ids of sessions and the names of projects from the command itself', async () => {
  const home = openHome(env);
  if (!home.ok) throw new Error(home.problem.what);
  const { database, doorbell, config } = home.value;
  const { store } = await openStore({ database, doorbell });
  await store.write('fill', (tx) => {
    for (const number of [1, 2]) insertSession(tx, sampleRecord(`app-${number}`, { number }));
  });
  await store.close();
  writeFileSync(config, 'projects:\n  app: {path: /nowhere}\n  web: {path: /nowhere/else}\n');
  const main = join(import.meta.dirname, 'main.ts');
  program(`exec '${process.execPath}' --disable-warning=ExperimentalWarning '${main}' "$@"`);
  expect(shownBy('bash', inBash(['session', 'kill', 'a']))).toEqual(['app-2', 'app-1']);
  expect(shownBy('bash', inBash(['status', '--project', '=', 'w']))).toEqual(['web']);
});

it.skipIf(!has('zsh'))('zsh asks the command, shows what each is, and finds files itself', () => {
  expect(tried('zsh', inZsh(['session', 'kill', 'a']), 'app-2\tits name\nan:odd\tone\n')).toEqual({
    shown: ['app-2:its name', 'an\\:odd:one'],
    asked: 'complete -- session kill a',
  });
  expect(tried('zsh', inZsh(['project', 'add', '']), ':directory\n')).toMatchObject({
    shown: ['files -/'],
    asked: 'complete -- project add',
  });
});

it.skipIf(!has('fish'))('fish asks the command, shows what each is, and finds files itself', () => {
  expect(tried('fish', inFish('athene session kill a'), 'app-2\tits name\n')).toEqual({
    shown: ['app-2\tits name'],
    asked: 'complete -- session kill a',
  });
  expect(tried('fish', inFish('athene '), 'send\tsends\n').asked).toBe('complete --');
  expect(tried('fish', inFish('athene send app-1 --file let'), ':file\n').shown).toEqual(['letter.txt']);
});
