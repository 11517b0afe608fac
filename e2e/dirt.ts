// The kinds of work that a worktree can hold, each as a small function that a person can read.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Place {
  readonly worktree: string;
  /** Of the project. */
  readonly repository: string;
  /** A folder of the test's own beside both. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Commits that must still be there afterwards, whatever was collected as garbage. */
export type MadeCommits = readonly string[];

const tools = ({ worktree, env }: Place) => {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: worktree, env, encoding: 'utf8', stdio: 'pipe' }).trim();
  const write = (name: string, content: string): void => {
    mkdirSync(dirname(join(worktree, name)), { recursive: true });
    writeFileSync(join(worktree, name), content);
  };
  const commit = (name: string, content: string): string => {
    write(name, content);
    git('add', '.');
    git('commit', '--quiet', '-m', `Work on ${name}`);
    return git('rev-parse', 'HEAD');
  };
  return { git, write, commit };
};

/** A command that ends in a conflict, as it should. */
const conflicting = (act: () => unknown): void => {
  try {
    act();
  } catch {
    return;
  }
  throw new Error('There was no conflict');
};

export const dirt: Readonly<Record<string, (place: Place) => MadeCommits>> = {
  staged(place) {
    const { git, write } = tools(place);
    write('README.md', 'staged\n');
    git('add', '.');
    write('README.md', 'changed after it was staged\n');
    return [];
  },
  unstaged(place) {
    tools(place).write('README.md', 'changed\n');
    return [];
  },
  untracked(place) {
    tools(place).write('new dir/ünïcode\nname', 'new');
    return [];
  },
  'ignored but precious'(place) {
    const { write, commit } = tools(place);
    commit('.gitignore', '.env\nsecrets/\n');
    write('.env', 'KEY=1');
    write('secrets/deep/token', 'never seen again');
    return [];
  },
  stash(place) {
    const { git, write } = tools(place);
    write('README.md', 'stashed\n');
    git('stash', 'push', '--quiet');
    return [git('rev-parse', 'refs/stash')];
  },
  'unpushed commit'(place) {
    return [tools(place).commit('done', 'committed')];
  },
  'detached head with commits'(place) {
    const { git, commit } = tools(place);
    const branch = git('symbolic-ref', '--short', 'HEAD');
    git('checkout', '--quiet', '--detach');
    const left = commit('left', 'left behind');
    git('checkout', '--quiet', branch);
    git('checkout', '--quiet', '--detach');
    return [left, commit('lonely', 'on no branch')];
  },
  'rebase in progress'(place) {
    const { git, commit } = tools(place);
    const start = git('rev-parse', 'HEAD');
    const mine = [commit('README.md', 'mine\n'), commit('more', 'and more')];
    git('checkout', '--quiet', '--detach', start);
    const theirs = commit('README.md', 'theirs\n');
    git('checkout', '--quiet', '-');
    conflicting(() => git('rebase', '--quiet', theirs));
    return [...mine, theirs];
  },
  'merge in progress'(place) {
    const { git, commit } = tools(place);
    const start = git('rev-parse', 'HEAD');
    const mine = commit('README.md', 'mine\n');
    git('checkout', '--quiet', '--detach', start);
    const theirs = commit('README.md', 'theirs\n');
    git('checkout', '--quiet', '-');
    conflicting(() => git('merge', '--quiet', theirs));
    return [mine, theirs];
  },
  'dirty submodule'(place) {
    const { git, write } = tools(place);
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', place.repository, 'module');
    write('module/README.md', 'changed in the submodule\n');
    return [];
  },
  'nested repository'(place) {
    const { git, write } = tools(place);
    git('clone', '--quiet', place.repository, 'inner');
    write('inner/README.md', 'changed in the inner one\n');
    return [];
  },
  'large files of a filter'(place) {
    const { git, write, commit } = tools(place);
    const store = join(place.root, 'large');
    mkdirSync(store, { recursive: true });
    const clean = `f=$(mktemp); cat > $f; h=$(sha256sum < $f | cut -c1-64); mv $f '${store}'/$h; echo $h`;
    git('config', 'filter.large.clean', clean);
    git('config', 'filter.large.smudge', `read h; cat '${store}'/$h`);
    git('config', 'filter.large.required', 'true');
    commit('.gitattributes', '*.bin filter=large\n');
    commit('a.bin', 'first\n');
    write('a.bin', 'changed\r\n');
    write('b.bin', 'new');
    return [];
  },
  'linked directory'(place) {
    const target = join(place.root, 'linked');
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'outside'), 'stays where it is');
    symlinkSync(target, join(place.worktree, 'link'));
    return [];
  },
};
