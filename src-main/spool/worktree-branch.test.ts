import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '#shared/lib/result.ts';
import { temporaryRepository, type TemporaryRepository } from '../lib/fixtures/temporary-repository.ts';
import { sampleRecord } from '../storage/fixtures/scratch-home.ts';
import { worktreeBranch } from './worktree-branch.ts';

let repository: TemporaryRepository;
let path: string;
beforeEach(() => {
  repository = temporaryRepository();
  path = join(repository.root, 'a worktree');
  repository.sh(['worktree', 'add', '-q', '-b', 'session/app-1', path]);
});
afterEach(() => repository.end());

function asked(kind: 'worktree' | 'adopted' = 'worktree', at = path) {
  const workspace = { path: at, branch: 'session/app-1', baseCommit: '', branchCreated: true, kind };
  const project = { id: 'app', path: repository.path, sessionPrefix: 'app', defaultBranch: 'main' };
  const projects = {
    find: (id: string) => (id === 'app' ? ok(project) : fail({ code: 'project-unknown' as const, what: 'none' })),
  };
  return worktreeBranch({ git: repository.git, projects }, sampleRecord('app-1', { workspace }));
}

describe('the branch of a worktree', () => {
  it('is the one on which it stands', async () => {
    expect(await asked()).toBe('session/app-1');
    repository.sh(['switch', '-q', '-c', 'feat/other'], path);
    expect(await asked()).toBe('feat/other');
  });

  it('is not told on no branch, for another kind, for a place that is none, or of a name that is not safe', async () => {
    repository.sh(['checkout', '-q', '--detach'], path);
    expect(await asked()).toBeNull();
    repository.sh(['switch', '-q', '-c', 'a$(b)'], path);
    expect(await asked()).toBeNull();
    expect([await asked('adopted'), await asked('worktree', join(repository.root, 'nowhere'))]).toEqual([null, null]);
  });

  it('is that of its own repository, whatever the worktree says of itself', async () => {
    const other = temporaryRepository();
    try {
      other.sh(['switch', '-q', '-c', 'feat/of-another']);
      writeFileSync(join(path, '.git'), `gitdir: ${join(other.path, '.git')}\n`);
      expect(await asked()).toBe('session/app-1');
    } finally {
      await other.end();
    }
  });
});
