import { expect, it } from 'vitest';
import { sightText } from './sight-text.ts';

it.each([
  ['gone', 'worktree', 'made again from feat/x'],
  ['gone', 'clone', 'the clone is made again'],
  ['gone', 'adopted', 'Put it back'],
  ['detached', 'worktree', 'not on feat/x'],
] as const)('of a workspace that is %s (%s) what to do is said', (sight, workspace, todo) => {
  expect(sightText(sight, { branch: 'feat/x', workspace }).todo).toContain(todo);
});
