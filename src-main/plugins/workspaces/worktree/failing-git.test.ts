import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '#shared/lib/result.ts';
import type { Git, GitFailure } from '../../../lib/git.ts';
import { temporaryRepository, type TemporaryRepository } from '../../../lib/fixtures/temporary-repository.ts';
import type { WorkspaceSpec } from '../workspace.ts';
import { createWorktreeKeeper } from './worktree-keeper.ts';

let repository: TemporaryRepository;
let spec: WorkspaceSpec;
beforeEach(() => {
  repository = temporaryRepository();
  const project = { id: 'app', path: repository.path, defaultBranch: 'main' };
  spec = { project, session: 'a-1', branch: 'b', base: null };
});
afterEach(() => repository.end());

type Answer = Awaited<ReturnType<Git['run']>>;
const failure = (kind: GitFailure['kind'], code: number | null): Answer =>
  fail({ kind, code, details: 'fake', stderr: '' });
const answers: readonly [string, Answer][] = [
  ['fails', failure('refused', 128)],
  ['times out', failure('not-run', null)],
  ['prints garbage', ok('\uFFFDgarbage\n\0x')],
  ['prints nothing', ok('')],
];

/** Answers the n-th call (from 1) falsely: a failed one did not run, of one that ran the output is false. */
function lying(n: number, answer: Answer): { readonly git: Git; calls(): number } {
  let calls = 0;
  const run: Git['run'] = (...call) => {
    calls += 1;
    if (calls !== n) return repository.git.run(...call);
    return answer.ok
      ? repository.git.run(...call).then((truth) => (truth.ok ? answer : truth))
      : Promise.resolve(answer);
  };
  return { git: { path: repository.git.path, run }, calls: () => calls };
}
const keeperWith = (git: Git) => createWorktreeKeeper({ git, paths: repository.paths, now: Date.now });
const create = () => keeperWith(repository.git).create(spec, () => {}, new AbortController().signal);

describe('a git that lies once, at any of its calls', () => {
  it.each(answers)('and %s: remove and undo lose nothing', { timeout: 60_000 }, async (_name, answer) => {
    const honest = keeperWith(repository.git);
    const path = honest.pathFor(spec);
    for (const operation of answer.ok ? (['remove'] as const) : (['remove', 'undo'] as const)) {
      for (let n = 1, more = true; more; n += 1) {
        if (!existsSync(path)) expect((await create()).ok).toBe(true);
        repository.write('staged', `staged ${n}`, path);
        repository.sh(['add', '.'], path);
        repository.write('staged', `later ${n}`, path);
        repository.write('canary', `${operation} ${n}`, path);
        const { git, calls } = lying(n, answer);
        const keeper = keeperWith(git);
        await (operation === 'remove' ? keeper.remove({ ...spec, path }) : keeper.undoCreate(spec, true));
        expect(found(path, 'canary', `${operation} ${n}`)).toBe(true);
        expect(found(path, 'staged', `later ${n}`)).toBe(true);
        more = calls() >= n;
      }
    }
  });
});

/** In the worktree, or in a rescue. */
function found(path: string, name: string, content: string): boolean {
  if (existsSync(join(path, name))) return readFileSync(join(path, name), 'utf8') === content;
  const refs = repository.sh(['for-each-ref', '--format=%(refname)', 'refs/athene/rescue']).split('\n').filter(Boolean);
  return refs.some((ref) => {
    try {
      return repository.sh(['show', `${ref}:${name}`]) === content;
    } catch {
      return false; // This rescue does not hold the file.
    }
  });
}
