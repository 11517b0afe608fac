// What is handed over with a launch so that agents tell. That the programs take it so was tried with the versions that the definitions name.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LaunchContext } from './agent.ts';
import { claudeCodeHooks } from './definitions/claude-code/hooks.ts';
import { codexHooks } from './definitions/codex/hooks.ts';
import { geminiHooks } from './definitions/gemini/hooks.ts';
import { opencodeHooks } from './definitions/opencode/hooks.ts';

const context: LaunchContext = {
  ...{
    session: 'a-1',
    project: 'a',
    workspacePath: '/w',
    sessionDirectory: '/s',
    prompt: null,
    systemPromptFile: null,
  },
  ...{ command: null, conversation: null, permissions: 'ask', model: null, program: null, shell: '/bin/sh', login: {} },
};
const word = `'/home of/it'\\''s "one"/athene-hook'`;
const command = `/home of/it's "one"/athene-hook`;

describe('what Claude Code is handed over', () => {
  const { args, files = {} } = claudeCodeHooks.handOver(context, command);

  it('is a file of settings in the session’s own directory, with hooks, and the right to report unasked', () => {
    expect(args).toEqual(['--settings', '/s/claude-settings.json']);
    const settings = JSON.parse(files['claude-settings.json'] ?? '') as { hooks: Record<string, unknown> };
    expect(settings).toEqual({
      hooks: expect.anything() as unknown,
      permissions: { allow: ['Bash(athene acknowledge:*)', 'Bash(athene report:*)'] },
    });
    expect(settings.hooks['Stop']).toEqual([
      { hooks: [{ type: 'command', command: `test ! -x ${word} || ${word} claude-code Stop`, timeout: 5 }] },
    ]);
    expect(Object.keys(settings.hooks)).toContain('PermissionRequest');
  });

  it('passes over its warning where the person has chosen in Athene that it acts without asking', () => {
    const own = claudeCodeHooks.handOver({ ...context, permissions: 'permissionless' }, command).files ?? {};
    expect(own['claude-settings.json']).toContain('"skipDangerousModePermissionPrompt": true');
    expect(files['claude-settings.json']).not.toContain('skipDangerousMode');
  });
});

describe('what Codex is handed over', () => {
  const words = codexHooks.handOver(context, '/h/athene-hook').args ?? [];

  it('is one hook for each event, and for exactly these the mark that they were looked at', () => {
    expect(words.filter((_, index) => index % 2 === 0).every((word) => word === '-c')).toBe(true);
    expect(words).toContain(
      `hooks.Stop=[{hooks=[{type="command",command="test ! -x '/h/athene-hook' || '/h/athene-hook' codex Stop",timeout=5}]}]`,
    );
    const states = words.at(-1) ?? '';
    expect(states.match(/trusted_hash/g)).toHaveLength(words.length / 2 - 2);
    expect(states).toContain(
      '"/<session-flags>/config.toml:stop:0:0"={trusted_hash="sha256:1ca99ab34519fac4a7dc7e4a9a2e4947a1d12b5aa9926748a09db4cbe40a4539"}',
    );
  });

  it('leaves its notify program and everything else of the person alone', () => {
    const settings = words.filter((word) => word !== '-c' && word !== 'allow_login_shell=false');
    expect(settings.every((word) => /^hooks\.[A-Za-z]+=/.test(word))).toBe(true);
  });
});

describe('what opencode is handed over', () => {
  const handedTo = (change: Partial<LaunchContext>): unknown =>
    JSON.parse(opencodeHooks.handOver({ ...context, ...change }, command).env?.['OPENCODE_CONFIG_CONTENT'] ?? '');

  it('is a plugin in the session’s own directory, which knows where the hook program is', () => {
    expect(handedTo({ permissions: 'permissionless' })).toEqual({ plugin: ['file:///s/athene-opencode.js'] });
    expect(handedTo({ sessionDirectory: '/s s#1' })).toMatchObject({
      plugin: ['file:///s%20s%231/athene-opencode.js'],
    });
    const { files = {} } = opencodeHooks.handOver(context, command);
    expect(Object.keys(files)).toEqual(['athene-opencode.js']);
    expect(files['athene-opencode.js']).toContain(`const command = ${JSON.stringify(command)};`);
  });

  it('is said beside what the launch says in the same variable, and what the person has in it', () => {
    const own = { theme: 'night', plugin: ['theirs', ['other', { a: 1 }]] };
    const login = { OPENCODE_CONFIG_CONTENT: JSON.stringify(own) };
    expect(handedTo({ login, systemPromptFile: '/s/system.md' })).toEqual({
      theme: 'night',
      instructions: ['/s/system.md'],
      permission: { edit: 'ask', bash: 'ask', webfetch: 'ask' },
      plugin: [...own.plugin, 'file:///s/athene-opencode.js'],
    });
  });
});

describe('the conversation of an agent', () => {
  it.each([
    ['SessionStart', { session_id: 'x-1' }, 'x-1'],
    ['Stop', { session_id: 'x-2' }, null],
    ['SessionStart', { session_id: 7 }, null],
    ['SessionStart', null, null],
    ['SessionStart', [], null],
  ])('is told by %s with %j: %s', (kind, told, expected) => {
    for (const hooks of [claudeCodeHooks, codexHooks, opencodeHooks])
      expect(hooks.conversation({ kind, data: { told } })).toBe(expected);
  });
});

describe.runIf(process.platform !== 'win32')('what Gemini CLI finds in the extension', () => {
  const { extension } = geminiHooks;
  const told = JSON.parse(extension?.files('/d')['hooks/hooks.json'] ?? '') as {
    hooks: Record<string, readonly [{ hooks: readonly [{ command: string }] }]>;
  };
  const lineOf = (event: string): string => told.hooks[event]?.[0].hooks[0].command ?? '';

  it('is one hook for each event, in the words of the other agents', () => {
    const kinds = Object.keys(told.hooks).map((event) => `${event} ${lineOf(event).split(' ').at(-1)}`);
    expect(kinds).toContain('BeforeAgent UserPromptSubmit');
    expect(kinds).toContain('AfterAgent Stop');
    expect(kinds).toContain('SessionStart SessionStart');
  });

  it('tells in a session, and neither outside of one, nor for one that Gemini CLI itself has started, nor without wrappers', () => {
    const wrappers = mkdtempSync(join(tmpdir(), 'athene-wrappers-'));
    const hook = join(wrappers, 'athene-hook');
    writeFileSync(hook, '#!/bin/sh\necho "$@"\n');
    chmodSync(hook, 0o700);
    const run = (env: Record<string, string>): string =>
      execFileSync('/bin/sh', ['-c', lineOf('AfterAgent')], { env, encoding: 'utf8', stdio: 'pipe' });
    const PATH = `${wrappers}:/usr/bin:/bin`;
    expect([
      run({ PATH, ATHENE_SESSION: 'a-1', ...geminiHooks.handOver(context, hook).env }),
      run({ PATH }),
      run({ PATH, ATHENE_SESSION: 'a-1', GEMINI_CLI: '1' }),
      run({ PATH: '/usr/bin:/bin', ATHENE_SESSION: 'a-1' }),
    ]).toEqual(['gemini Stop\n', '', '', '']);
    rmSync(wrappers, { recursive: true });
  });

  it('tells which conversation it has when one begins', () => {
    const told = { session_id: 'c-2', source: 'clear' };
    expect(geminiHooks.conversation({ kind: 'SessionStart', data: { told } })).toBe('c-2');
    expect(geminiHooks.conversation({ kind: 'SessionEnd', data: { told } })).toBe(null);
  });
});
