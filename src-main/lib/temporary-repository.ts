// For tests: a real git repository in a temporary folder, and an Athene home beside it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openHome, type HomePaths } from '../storage/paths.ts';
import { openGit, type Git } from './git.ts';

export interface TemporaryRepository {
  /** The temporary folder: everything below is gone after `end`. */
  readonly root: string;
  readonly path: string;
  readonly paths: HomePaths;
  readonly git: Git;
  /** Runs git in the repository (or in `cwd`) as a person would, and gives its output without the last line feed. */
  sh(args: readonly string[], cwd?: string): string;
  write(name: string, content: string, cwd?: string): void;
  end(): Promise<void>;
}

/** On branch `main` with one commit that holds `read.me`, unless `unborn`. */
export function temporaryRepository(
  options: { readonly unborn?: boolean; readonly init?: readonly string[] } = {},
): TemporaryRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'athene-test-')));
  const path = join(root, 'repository');
  const env = environmentIn(root);
  const home = openHome(env);
  const git = openGit({ env, home: join(root, 'home') });
  if (!home.ok || !git.ok) throw new Error('No home or no git for the test');
  const sh = (args: readonly string[], cwd = path): string =>
    execFileSync(git.value.path, args, { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trimEnd();
  const write = (name: string, content: string, cwd = path): void => {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), content);
  };
  mkdirSync(path);
  sh(['init', '--quiet', '--initial-branch=main', ...(options.init ?? [])]);
  if (options.unborn !== true) {
    write('read.me', 'hello\n');
    sh(['add', '.']);
    sh(['commit', '--quiet', '-m', 'Start']);
  }
  return { root, path, paths: home.value, git: git.value, sh, write, end: () => rm(root, { recursive: true }) };
}

const environmentIn = (root: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: root,
  ATHENE_HOME: join(root, 'home'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@localhost',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@localhost',
});
