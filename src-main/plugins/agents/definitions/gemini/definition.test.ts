import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LaunchContext } from '../../agent.ts';
import { gemini } from './definition.ts';

const conversation = '0191d3c8-7c1e-7000-8000-000000000001';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-gemini-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const context = (change: Partial<LaunchContext> = {}): LaunchContext & { readonly conversation: string } => ({
  session: 'web-1',
  project: 'web',
  workspacePath: '/w',
  sessionDirectory: '/s',
  prompt: '-x $(touch y); "\n`z`',
  systemPromptFile: null,
  command: null,
  permissions: 'ask',
  model: 'some-model',
  program: '/usr/bin/gemini',
  shell: '/bin/zsh',
  login: { HOME: folder },
  ...change,
  conversation,
});

it('is launched in its asking mode, under the conversation id that it is given', () => {
  expect(gemini.launch(context()).argv).toEqual([
    ...['/usr/bin/gemini', `--session-id=${conversation}`, '--model=some-model', '--approval-mode=default'],
    '--prompt-interactive=-x $(touch y); "\n`z`',
  ]);
  expect(gemini.launch(context({ prompt: null, model: null, permissions: 'permissionless' })).argv).toEqual([
    ...['/usr/bin/gemini', `--session-id=${conversation}`, '--approval-mode=yolo'],
  ]);
});

it('goes on with exactly its own conversation, and only when that was written down', () => {
  const chats = join(folder, '.gemini', 'tmp', 'web-1', 'chats');
  mkdirSync(chats, { recursive: true });
  const write = (id: string) =>
    writeFileSync(join(chats, `session-2026-11-26T11-09-${id.slice(0, 8)}.jsonl`), `{"sessionId":"${id}"}\n`);
  expect(gemini.resume?.(context()), 'nothing is there').toBe(null);
  write('0191d3c8-7c1e-7000-8000-000000000002');
  expect(gemini.resume?.(context()), 'that of another session').toBe(null);
  write(conversation);
  expect(gemini.resume?.(context({ prompt: null }))?.argv).toEqual([
    ...['/usr/bin/gemini', `--resume=${conversation}`, '--model=some-model', '--approval-mode=default'],
  ]);
});
