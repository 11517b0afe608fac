import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LaunchContext } from '../../agent.ts';
import { aider } from './definition.ts';

const conversation = '0191d3c8-7c1e-7000-8000-000000000001';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-aider-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const context = (change: Partial<LaunchContext> = {}): LaunchContext & { readonly conversation: string } => ({
  ...{ session: 'web-1', project: 'web', workspacePath: '/w', sessionDirectory: folder, prompt: '-x `y`' },
  ...{ systemPromptFile: null, command: null, permissions: 'ask', model: null },
  ...{ program: '/usr/bin/aider', shell: '/bin/zsh', login: {}, ...change },
  conversation,
});
const own = (): readonly string[] => [
  `--chat-history-file=${folder}/aider-${conversation}.md`,
  `--input-history-file=${folder}/aider.input.history`,
  ...['--no-gitignore', '--no-check-update', '--no-show-release-notes'],
];

it('is launched in its asking mode, without the prompt, with its history in the session’s own directory', () => {
  expect(aider.launch(context()).argv).toEqual(['/usr/bin/aider', ...own()]);
  const change = {
    permissions: 'permissionless',
    model: 'some/model',
    systemPromptFile: '/s/system "prompt".md',
  } as const;
  expect(aider.launch(context(change)).argv).toEqual([
    ...['/usr/bin/aider', ...own(), '--read=/s/system "prompt".md', '--model=some/model', '--yes-always'],
  ]);
  expect(aider.promptDelivery).toBe('typed');
});

it('goes on with its own history, and anew where there is none', () => {
  expect(aider.resume?.(context())).toBe(null);
  writeFileSync(join(folder, `aider-${conversation}.md`), '\n# aider chat started at 2026-11-26 14:30:39\n');
  expect(aider.resume?.(context({ prompt: null }))?.argv).toEqual([
    ...['/usr/bin/aider', ...own(), '--restore-chat-history'],
  ]);
});

it('has a transcript that is found in the session’s directory alone', () => {
  const look = { conversation, workspacePath: '/w', login: {} };
  const located = (sessionDirectory: string) => aider.transcript?.locate({ ...look, sessionDirectory });
  mkdirSync(join(folder, 'other'));
  writeFileSync(join(folder, `aider-${conversation}.md`), '');
  expect([located(folder), located(join(folder, 'other')), located(join(folder, 'absent'))]).toEqual([
    ...[join(folder, `aider-${conversation}.md`), null, null],
  ]);
});
