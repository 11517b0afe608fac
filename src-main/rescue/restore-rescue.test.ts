import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rescueMessage } from '#shared/domain/rescue.ts';
import { temporaryRepository, type TemporaryRepository } from '../lib/fixtures/temporary-repository.ts';
import { restoreRescue } from './restore-rescue.ts';

let repository: TemporaryRepository;
beforeEach(() => void (repository = temporaryRepository()));
afterEach(() => repository.end());

const git = (args: readonly string[], input = ''): string =>
  execFileSync('git', args, { cwd: repository.path, input, encoding: 'utf8' }).trim();
const blob = (content: string): string => git(['hash-object', '-w', '--stdin'], content);
const ref = 'refs/athene/rescue/a-1/1';

/** As anybody can make one who may write into the repository. */
function plant(files: string, rawFiles: string): void {
  const base = git(['rev-parse', 'HEAD']);
  const commit = (tree: string, ...rest: string[]): string =>
    repository.sh(['-c', 'user.name=x', '-c', 'user.email=x@y', 'commit-tree', tree, '-p', base, ...rest]);
  const raw = commit(rawFiles, '-m', 'raw');
  const message = rescueMessage('a-1', { base, staged: null, raw, abandoned: [] });
  git(['update-ref', ref, commit(files, '-p', raw, '-m', message)]);
}

it('writes nothing through a link that a snapshot holds, and takes back what it made', async () => {
  const outside = join(repository.root, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'file'), 'precious');
  const inner = git(['mktree'], `100644 blob ${blob('hostile')}\tfile\n`);
  plant(git(['mktree'], `120000 blob ${blob(outside)}\tlink\n`), git(['mktree'], `040000 tree ${inner}\tlink\n`));
  const path = join(repository.root, 'restored');
  const restored = await restoreRescue(repository.git, { id: 'app', path: repository.path }, { ref, path });
  expect(restored).toMatchObject({ ok: false, problem: { code: 'workspace-failed' } });
  expect(restored.ok ? '' : restored.problem.details).toContain('outside of itself');
  expect([readFileSync(join(outside, 'file'), 'utf8'), existsSync(path)]).toEqual(['precious', false]);
  expect(git(['for-each-ref', '--format=%(refname)', 'refs/heads'])).toBe('refs/heads/main');
});
