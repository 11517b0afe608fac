import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LaunchContext } from './agent.ts';
import { agentDefinitions, createAgentCatalogue } from './agent-catalogue.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athene-agents-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function catalogue(path = join(folder, 'bin'), failed = false) {
  const problem = failed ? { code: 'login-shell-failed' as const, what: 'It hung.' } : null;
  const login = async () => ({ env: { PATH: path, HOME: folder }, shell: '/bin/sh', problem });
  return createAgentCatalogue({ login, now: () => 0 });
}
const install = (name: string, body: string): void =>
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
const presences = async (agents: ReturnType<typeof catalogue>, fresh = false) =>
  Object.fromEntries((await agents.list(fresh)).map(({ id, presence }) => [id, presence]));

describe('which agents are installed', () => {
  it('is looked up on the login shell’s PATH, with versions', async () => {
    install('claude', 'echo "2.1.330 (Claude Code)"');
    expect(await presences(catalogue())).toEqual({
      'claude-code': { kind: 'found', path: join(folder, 'bin', 'claude'), version: '2.1.330' },
      codex: { kind: 'missing', install: 'npm install -g @openai/codex' },
      opencode: { kind: 'missing', install: 'npm install -g opencode-ai' },
      gemini: { kind: 'missing', install: 'npm install -g @google/gemini-cli' },
      ...Object.fromEntries(
        ['qwen', 'copilot', 'cline', 'aider', 'cursor', 'amp', 'goose', 'crush'].map((id) => [
          id,
          { kind: 'missing', install: agentDefinitions.find((each) => each.id === id)?.program?.install },
        ]),
      ),
      demo: { kind: 'found', path: null, version: null },
      shell: { kind: 'found', path: null, version: null },
      custom: { kind: 'found', path: null, version: null },
    });
  });

  it('does not hang on a program that tells no version, nor take a relative entry', async () => {
    install('codex', 'exit 1');
    const found = await presences(catalogue(`bin:.:${join(folder, 'bin')}`));
    expect(found['codex']).toEqual({ kind: 'found', path: join(folder, 'bin', 'codex'), version: null });
  });

  it('is unknown, not missing, when the shell did not tell its PATH', async () => {
    expect(await catalogue('/nowhere', true).presence('codex')).toEqual({ kind: 'unknown', why: 'It hung.' });
  });

  it('is remembered until somebody asks to look again', async () => {
    const agents = catalogue();
    await agents.list(false);
    install('codex', 'echo codex-cli 0.169.0');
    expect((await presences(agents))['codex']).toMatchObject({ kind: 'missing' });
    expect((await presences(agents, true))['codex']).toMatchObject({ version: '0.169.0' });
  });
});

const context: LaunchContext = {
  session: 'a-1',
  project: 'a',
  workspacePath: '/w',
  sessionDirectory: '/s',
  prompt: '-x $(touch y); "\n`z`',
  systemPromptFile: '/s/system "prompt".md',
  command: 'echo $HOME',
  conversation: '0191d3c8-7c1e-7000-8000-000000000001',
  permissions: 'ask',
  model: 'some-model',
  program: '/usr/bin/agent',
  shell: '/bin/zsh',
  login: { HOME: '/nowhere' },
};

describe('how an agent is launched', () => {
  const argv = (id: string, change: Partial<LaunchContext> = {}) =>
    catalogue()
      .definition(id)
      ?.launch({ ...context, ...change }).argv;

  it('by an argument list, in its asking mode, with the prompt where nothing reads it as an option', () => {
    expect({
      claude: argv('claude-code'),
      codex: argv('codex'),
      demo: argv('demo')?.slice(2),
      shell: argv('shell'),
      custom: argv('custom'),
    }).toEqual({
      claude: [
        '/usr/bin/agent',
        ...['--session-id', '0191d3c8-7c1e-7000-8000-000000000001'],
        ...['--append-system-prompt-file', '/s/system "prompt".md'],
        ...['--model=some-model', '--permission-mode', 'default', '--', context.prompt],
      ],
      codex: [
        '/usr/bin/agent',
        ...['-c', 'check_for_update_on_startup=false', '-c', 'features.daemon_auto_start=false'],
        ...['--model=some-model', '--ask-for-approval', 'on-request', '--', context.prompt],
      ],
      demo: [`--prompt=${context.prompt}`],
      shell: ['/bin/zsh'],
      custom: ['/bin/zsh', '-lc', 'echo $HOME'],
    });
  });

  it('again with exactly its own conversation and no prompt, where it can', () => {
    const conversation = '0191d3c8-7c1e-7000-8000-000000000001';
    const resumed = (id: string) =>
      catalogue()
        .definition(id)
        ?.resume?.({ ...context, login: { HOME: folder }, prompt: null, conversation })?.argv;
    expect(resumed('claude-code'), 'it has written nothing down yet').toBeUndefined();
    mkdirSync(join(folder, '.claude', 'projects', '-w'), { recursive: true });
    writeFileSync(join(folder, '.claude', 'projects', '-w', `${conversation}.jsonl`), '');
    expect({ claude: resumed('claude-code'), codex: resumed('codex'), shell: resumed('shell') }).toEqual({
      claude: [
        ...['/usr/bin/agent', '--resume', conversation, '--append-system-prompt-file', '/s/system "prompt".md'],
        ...['--model=some-model', '--permission-mode', 'default'],
      ],
      codex: [
        ...[
          '/usr/bin/agent',
          'resume',
          '-c',
          'check_for_update_on_startup=false',
          '-c',
          'features.daemon_auto_start=false',
        ],
        ...['--model=some-model', '--ask-for-approval', 'on-request', '--', conversation],
      ],
      shell: undefined,
    });
  });

  it('without asking only when that was chosen', () => {
    expect([
      argv('claude-code', { permissions: 'permissionless' }),
      argv('codex', { permissions: 'permissionless' }),
    ]).toEqual([
      expect.arrayContaining(['--dangerously-skip-permissions']),
      expect.arrayContaining(['--dangerously-bypass-approvals-and-sandbox']),
    ]);
  });
});

it('hands Codex what it is told as a text of TOML, beside what it is told of its tools', () => {
  const file = join(folder, 'system "prompt".md');
  writeFileSync(file, 'You\u007f "lead".\n\\o/\n');
  const codex = catalogue().definition('codex');
  expect(codex?.launch({ ...context, systemPromptFile: file }).argv).toContain(
    'developer_instructions="You \\"lead\\".\\n\\\\o/\\n"',
  );
});
