// The real agents that the agent specs run: in a cache outside the checkout, in exactly the versions of agent-programs.json.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { npm, root } from './prepare.mjs';

type Versions = Readonly<Record<string, string>>;

export const pinned = JSON.parse(readFileSync(join(root, 'build', 'agent-programs.json'), 'utf8')) as Versions;

/** These copy their program out of the package for this system when they are installed; no other package runs a script. */
const withScript = ['@anthropic-ai/claude-code', 'opencode-ai'];

/** Each a package for every system, which calls the command by its own name; what agents are called by. */
const perSystem: Readonly<Record<string, string>> = { '@aaif/goose-binary': 'goose' };

const nameHere = (name: string): string =>
  Object.hasOwn(perSystem, name) ? `${name}-${process.platform}-${process.arch}` : name;

/** A folder per set of versions, so that checkouts with other pins do not take each other's programs away. */
export function agentFolder(env: NodeJS.ProcessEnv, versions: Versions = pinned): string {
  const cache =
    env['ATHENE_AGENTS_CACHE'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'athene', 'agents');
  const set = createHash('sha256').update(JSON.stringify(versions)).digest('hex').slice(0, 12);
  return join(cache, set);
}

/** The folder with the commands; null when this set is not installed, or only half. */
export function findAgents(env: NodeJS.ProcessEnv): string | null {
  const commands = join(agentFolder(env), 'node_modules', '.bin');
  return existsSync(commands) ? commands : null;
}

/** Installs the set beside its place and moves it there when it is whole; the folder with the commands, or null when npm failed. */
export function installAgents(env: NodeJS.ProcessEnv): string | null {
  const folder = agentFolder(env);
  const names = Object.entries(pinned).map(([name, version]) => `  ${name} ${version}`);
  console.log(`Installing the agents (about 2.3 GB) into ${folder}:\n${names.join('\n')}`);
  const half = `${folder}.${process.pid}`;
  mkdirSync(half, { recursive: true });
  try {
    writeFileSync(join(half, 'package.json'), JSON.stringify(manifest(), null, 2));
    const run = (...args: string[]): boolean => runNpm(half, [...args, '--no-audit', '--no-fund', '--loglevel=error']);
    if (!run('install', '--ignore-scripts') || !run('rebuild', '--ignore-scripts=false', ...withScript)) return null;
    for (const [name, command] of Object.entries(perSystem)) nameCommand(half, nameHere(name), command);
    if (!existsSync(folder)) renameSync(half, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  tellOfOthers(folder);
  return findAgents(env);
}

/** npm's own lock, written beside it, holds checksums of everything that came. */
const manifest = () => ({
  private: true,
  dependencies: Object.fromEntries(Object.entries(pinned).map(([name, version]) => [nameHere(name), version])),
  allowScripts: Object.fromEntries(withScript.map((name) => [`${name}@${pinned[name]}`, true])),
});

/** Beside the name that its package gives it. */
function nameCommand(folder: string, name: string, command: string): void {
  const commands = join(folder, 'node_modules', '.bin');
  symlinkSync(basename(name), join(commands, command));
}

function runNpm(cwd: string, words: readonly string[]): boolean {
  const { command, args } = npm();
  const shell = process.platform === 'win32' && args.length === 0;
  return spawnSync(command, [...args, ...words], { cwd, stdio: 'inherit', shell }).status === 0;
}

function tellOfOthers(folder: string): void {
  const cache = join(folder, '..');
  const others = readdirSync(cache).filter((name) => join(cache, name) !== folder);
  if (others.length > 0)
    console.log(`Of other versions, and yours to delete: ${others.map((name) => join(cache, name)).join(', ')}`);
}
