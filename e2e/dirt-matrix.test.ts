// Every kind of work in a worktree × everything that ends sessions or removes worktrees: no byte and no commit is lost.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialLifecycle, withKilled, withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { ask } from '#main/host/fixtures/host-home.ts';
import type { Host } from '#main/host/host.ts';
import { Gate } from '#main/lib/gate.ts';
import { removeMerged } from '#main/sessions/remove-merged.ts';
import { changeSession } from '#main/sessions/session-record.ts';
import { sampleRecord } from '#main/storage/fixtures/scratch-home.ts';
import { insertSession } from '#main/storage/sessions.ts';
import { dirt, type MadeCommits } from './dirt.ts';
import { hostOf } from './fixtures/host-of.ts';
import { createWorld, type World } from './world.ts';

const patience = 240_000;
const kinds = Object.keys(dirt);

let world: World;
let host: Host;

beforeAll(async () => {
  world = createWorld();
  host = await hostOf(world);
}, patience);
afterAll(async () => {
  await host.close();
  await world.close();
}, patience);

interface Cell {
  readonly session: string;
  readonly worktree: string;
  readonly before: readonly string[];
  readonly commits: MadeCommits;
  /** What the index held. */
  readonly blobs: readonly string[];
}

interface Field {
  readonly project: string;
  readonly repository: string;
  readonly cells: ReadonlyMap<string, Cell>;
  git(...args: string[]): string;
}

/** Path and content of every file, links as what they point to. */
function filesIn(root: string): readonly string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path);
    // git writes its own files anew at a look; commits are asked for by their names.
    if (entry.isDirectory() || name === '.git' || /(?:^|\/)\.git\//.test(name)) return [];
    const link = lstatSync(path).isSymbolicLink();
    const content = link ? readlinkSync(path) : readFileSync(path);
    return [`${name} ${createHash('sha256').update(content).digest('hex')}`];
  });
}

async function fieldOf(operation: string): Promise<Field> {
  const project = operation.replaceAll(' ', '-');
  const repository = join(world.home, '..', '..', project);
  execFileSync('git', ['clone', '--quiet', world.repository, repository], { env: world.env });
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: repository, env: world.env, encoding: 'utf8', stdio: 'pipe' }).trim();
  for (const key of ['user.name', 'user.email']) git('config', key, 'a@b.invalid');
  git('remote', 'remove', 'origin');
  const added = await ask(host, 'project.add', { path: repository, id: project, trustWorktrees: false });
  if (!added.ok) throw new Error(added.problem.what);
  const cells = new Map<string, Cell>();
  const gate = new Gate(3);
  await Promise.all(
    kinds.map((kind, index) =>
      gate.pass(async () => cells.set(kind, await cellOf({ project, repository }, kind, index + 1))),
    ),
  );
  return { project, repository, cells, git };
}

/** An ended session with a real worktree, made dirty. */
async function cellOf(
  { project, repository }: Pick<Field, 'project' | 'repository'>,
  kind: string,
  number: number,
): Promise<Cell> {
  const session = `${project}-${number}`;
  const branch = `session/${session}`;
  const spec = {
    kind: 'worktree' as const,
    project: { id: project, path: repository, defaultBranch: 'main' },
    session,
  };
  const made = await host.sessions.workspaces.create(
    { ...spec, branch, base: null },
    () => {},
    new AbortController().signal,
  );
  if (!made.ok) throw new Error(made.problem.what);
  const { path: worktree, baseCommit } = made.value;
  const record = sampleRecord(session, {
    ...{ project, agent: 'custom', command: 'sleep 600' },
    workspace: { path: worktree, branch, baseCommit, branchCreated: true, kind: 'worktree' },
    lifecycle: withKilled(withRuntimeStarted(initialLifecycle(1), 1), 1),
  });
  await host.sessions.store.write('cell', (tx) => insertSession(tx, record));
  const root = join(repository, '..', 'around', session);
  mkdirSync(root, { recursive: true });
  const commits = dirt[kind]?.({ worktree, repository, root, env: world.env }) ?? [];
  const staged = execFileSync('git', ['ls-files', '--stage'], { cwd: worktree, env: world.env, encoding: 'utf8' });
  const blobs = [...staged.matchAll(/^100\d+ ([0-9a-f]+) /gm)].map(([, blob = '']) => blob);
  return { session, worktree, before: filesIn(worktree), commits, blobs };
}

/** In its worktree, where it was moved to, on its branch, or in a snapshot that is given back. */
async function found({ session, worktree }: Cell, { project, git }: Field): Promise<readonly string[]> {
  const places = [worktree, `${worktree}-moved`];
  if (!existsSync(worktree)) {
    const path = join(world.home, '..', '..', 'branches', session);
    git('worktree', 'add', '--quiet', '--detach', path, `session/${session}`);
    places.push(path);
  }
  const listed = await ask(host, 'rescue.list', { project, session });
  if (!listed.ok) throw new Error(listed.problem.what);
  for (const { ref } of listed.value) {
    const path = join(world.home, '..', '..', 'given-back', ref.replaceAll('/', '-'));
    const restored = await ask(host, 'rescue.restore', { project, ref, path });
    if (!restored.ok) throw new Error(`${restored.problem.what} ${restored.problem.details ?? ''}`);
    places.push(path);
  }
  return places.flatMap(filesIn);
}

const onEach = async (field: Field, act: (cell: Cell) => Promise<unknown>): Promise<void> => {
  const gate = new Gate(3);
  await Promise.all([...field.cells.values()].map((cell) => gate.pass(() => act(cell))));
};
const restore = (cell: Cell) => ask(host, 'session.restore', { id: cell.session });
const started = async (cell: Cell): Promise<void> => {
  const restored = await restore(cell);
  if (!restored.ok) throw new Error(`${restored.problem.what} ${restored.problem.details ?? ''}`);
};
const end = (cell: Cell) => ask(host, 'session.kill', { id: cell.session });

const operations: Readonly<Record<string, (field: Field) => Promise<unknown>>> = {
  cleanup: ({ project }) => ask(host, 'session.cleanup', { project, dryRun: false }),
  async kill(field) {
    await onEach(field, started);
    await onEach(field, end);
  },
  /** Looked at while its agent runs. */
  restore: (field) => onEach(field, started),
  /** Somebody has moved the worktree away, and its place is made anew. */
  're-create': (field) =>
    onEach(field, async (cell) => {
      renameSync(cell.worktree, `${cell.worktree}-moved`);
      await restore(cell);
      await end(cell);
    }),
  'pull request merged': (field) =>
    onEach(field, async ({ session }) => {
      await changeSession(host.sessions, 'merged', session, (record) => ({
        ...record,
        lifecycle: { ...record.lifecycle, pullRequest: { ...record.lifecycle.pullRequest, state: 'merged' } },
      }));
      await removeMerged(host.sessions, session);
    }),
  async 'app quit'(field) {
    await onEach(field, started);
    await host.close();
    host = await hostOf(world);
    await onEach(field, end);
  },
  async uninstall({ project, repository }) {
    expect((await ask(host, 'hooks.remove', {})).ok).toBe(true);
    const removed = await ask(host, 'project.remove', { id: project });
    expect(removed.ok).toBe(true);
    // Only to look for what is kept.
    await ask(host, 'project.add', { path: repository, id: project, trustWorktrees: false });
  },
};

describe.runIf(process.platform === 'linux').each(Object.keys(operations))('%s loses nothing of', (operation) => {
  let field: Field;
  beforeAll(async () => {
    field = await fieldOf(operation);
    await operations[operation]?.(field);
    // What nothing leads to any more is gone after this.
    field.git('gc', '--quiet', '--prune=now');
  }, patience);

  it.each(kinds)(
    '%s',
    async (kind) => {
      const cell = field.cells.get(kind);
      if (cell === undefined) throw new Error(`No ${kind}`);
      const now = new Set(await found(cell, field));
      expect(cell.before.filter((file) => !now.has(file))).toEqual([]);
      const objects = [...cell.commits, ...cell.blobs];
      const lost = objects.filter((name) => {
        try {
          field.git('cat-file', '-e', name);
          return false;
        } catch {
          return true;
        }
      });
      expect(lost).toEqual([]);
    },
    patience,
  );
});
