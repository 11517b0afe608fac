import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { homePaths } from '../../../storage/paths.ts';
import { createScratchKeeper } from './scratch-keeper.ts';

let root: string;
let path: string;
let keeper: ReturnType<typeof createScratchKeeper>;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'scratch-')));
  const paths = homePaths({ ATHENE_HOME: root });
  path = paths.scratchFor('chief');
  keeper = createScratchKeeper({ paths });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const place = () => ({ session: 'chief', path });

it('makes a plain directory that is closed to others, and finds it again with what is in it', () => {
  const made = keeper.open(place());
  expect(made).toEqual({ ok: true, value: { path, branch: null, baseCommit: '', branchCreated: false } });
  expect(statSync(path).mode & 0o777).toBe(0o700);
  writeFileSync(join(path, 'notes.md'), 'plan');
  expect(keeper.open(place())).toEqual(made);
  expect(readdirSync(path)).toEqual(['notes.md']);
});

it('removes it only when it is empty', () => {
  keeper.open(place());
  writeFileSync(join(path, 'notes.md'), 'plan');
  keeper.removeIfEmpty(place());
  expect(existsSync(join(path, 'notes.md'))).toBe(true);
  rmSync(join(path, 'notes.md'));
  keeper.removeIfEmpty(place());
  expect(existsSync(path)).toBe(false);
  keeper.removeIfEmpty(place());
});

it('uses no place of another session, and none that a link leads away from', () => {
  expect(keeper.prove({ session: 'other', path })?.what).toMatch(/place of another/);
  expect(keeper.prove(place())?.what).toMatch(/nothing is there/);
  const elsewhere = join(root, 'elsewhere');
  mkdirSync(elsewhere);
  mkdirSync(join(root, 'worktrees', '_meta'), { recursive: true });
  symlinkSync(elsewhere, path);
  expect(keeper.open(place())).toMatchObject({ ok: false, problem: { code: 'workspace-refused' } });
  keeper.removeIfEmpty(place());
  expect(existsSync(elsewhere)).toBe(true);
});
