// How the agents of which less is known are launched, and which conversation they go on with. That the programs take it so was tried with the versions
// that the definitions name, where they could be run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentDefinitions } from '../agent-catalogue.ts';
import type { AgentDefinition, LaunchContext } from '../agent.ts';

const conversation = '0191d3c8-7c1e-7000-8000-000000000001';
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'athene-agents-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const prompt = '-x $(touch y); "\n`z`';
const definition = (id: string): AgentDefinition => {
  const found = agentDefinitions.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no ${id}`);
  return found;
};
const context = (change: Partial<LaunchContext> = {}): LaunchContext & { readonly conversation: string } => ({
  ...{ session: 'web-1', project: 'web', workspacePath: '/w', sessionDirectory: '/s', systemPromptFile: null },
  ...{ command: null, permissions: 'ask', model: 'some-model', program: '/usr/bin/agent', shell: '/bin/zsh' },
  ...{ prompt, login: { HOME: home }, ...change },
  conversation: change.conversation ?? conversation,
});
const argv = (id: string, change: Partial<LaunchContext> = {}) => definition(id).launch(context(change)).argv.slice(1);
const write = (path: string, text = ''): void => {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
};

it('each is launched by an argument list, in its asking mode, with the prompt where nothing reads it as an option', () => {
  expect(
    Object.fromEntries(['qwen', 'copilot', 'cline', 'cursor', 'amp', 'goose', 'crush'].map((id) => [id, argv(id)])),
  ).toEqual({
    qwen: [
      ...['--session-id=0191d3c8-7c1e-4000-8000-000000000001', '--model=some-model', '--approval-mode=default'],
      `--prompt-interactive=${prompt}`,
    ],
    copilot: [...[`--session-id=${conversation}`, '--no-auto-update', '--model=some-model'], `--interactive=${prompt}`],
    cline: [...['--tui', `--data-dir=${home}/.cline/data`, '--auto-approve=false', '--model=some-model', '--', prompt]],
    cursor: ['--model=some-model', '--', prompt],
    amp: ['--mode=some-model'],
    goose: ['run', '--interactive', `--name=${conversation}`, `--text=${prompt}`],
    crush: [],
  });
});

it('each works without asking only when that was chosen; Amp has no flag for it', () => {
  const free = (id: string) => argv(id, { permissions: 'permissionless', prompt: null, model: null });
  expect(
    Object.fromEntries(['qwen', 'copilot', 'cline', 'cursor', 'amp', 'crush'].map((id) => [id, free(id).at(-1)])),
  ).toEqual({
    ...{ qwen: '--approval-mode=yolo', copilot: '--allow-all', cline: '--auto-approve=true', cursor: '--force' },
    ...{ amp: undefined, crush: '--yolo' },
  });
  const modes = (['ask', 'permissionless'] as const).map(
    (permissions) => definition('goose').launch(context({ permissions })).env,
  );
  expect(modes).toMatchObject([{ GOOSE_MODE: 'approve' }, { GOOSE_MODE: 'auto' }]);
  // What the person has in their shell does not choose it.
  expect(definition('copilot').launch(context()).env).toEqual({ COPILOT_ALLOW_ALL: '' });
});

it('Qwen Code and Copilot CLI are told their system prompt beside their own', () => {
  write('system.md', 'You lead.');
  const systemPromptFile = join(home, 'system.md');
  expect(argv('qwen', { systemPromptFile })).toContain('--append-system-prompt=You lead.');
  const login = { HOME: home, COPILOT_CUSTOM_INSTRUCTIONS_DIRS: '/own' };
  expect(definition('copilot').launch(context({ systemPromptFile, login }))).toMatchObject({
    env: { COPILOT_CUSTOM_INSTRUCTIONS_DIRS: `/own,${join('/s', 'copilot-instructions')}` },
    files: { 'copilot-instructions/.github/instructions/athene.instructions.md': '---\napplyTo: "**"\n---\nYou lead.' },
  });
});

it('a prompt of Cline that is the name of one of its commands is a prompt', () => {
  expect([argv('cline', { prompt: 'history' }).at(-1), argv('cline', { prompt: null }).at(-1)]).toEqual([
    'history ',
    '--model=some-model',
  ]);
});

describe('each goes on with exactly its own conversation', () => {
  const resumed = (id: string, change: Partial<LaunchContext> = {}) =>
    definition(id)
      .resume?.(context({ prompt: null, ...change }))
      ?.argv.slice(1);

  it.each([
    [
      'qwen',
      '.qwen/projects/-w/chats/0191d3c8-7c1e-4000-8000-000000000001.jsonl',
      '--resume=0191d3c8-7c1e-4000-8000-000000000001',
    ],
    ['copilot', `.copilot/session-state/${conversation}/events.jsonl`, `--resume=${conversation}`],
  ])('%s, when it was written down', (id, path, words) => {
    write(path.replace('000001', '000002'));
    expect(resumed(id), 'that of another session').toBeUndefined();
    write(path);
    expect(resumed(id)?.[0]).toBe(words);
  });

  it('Cline and Cursor by the id that was found, Goose by its name; Amp and Crush tell none', () => {
    expect({
      ...{
        cline: resumed('cline', { conversation: '1795725778031_mig6x' })?.at(-1),
        cursor: resumed('cursor')?.at(-1),
      },
      ...{ goose: resumed('goose'), amp: resumed('amp'), crush: resumed('crush') },
    }).toEqual({
      ...{ cline: '--id=1795725778031_mig6x', cursor: `--resume=${conversation}` },
      ...{ goose: ['session', '--resume', '--history', `--name=${conversation}`], amp: undefined, crush: undefined },
    });
  });

  it('Cline’s are found by where they were held, the latest first', async () => {
    const held = (id: string, cwd: string) =>
      write(`.cline/data/sessions/${id}/${id}.json`, JSON.stringify({ version: 1, cwd }, null, 2));
    held('1795725778031_mig6x', '/w');
    held('1795725778035_other', '/elsewhere');
    held('1795725932997_wuvgd', '/w');
    write('.cline/data/sessions/1795725932998_empty/readme', '');
    const look = { session: 'web-1', cwd: '/w', program: null, login: { HOME: home } };
    const find = (workspacePath: string | null) =>
      definition('cline').discoverConversation?.({ ...look, workspacePath });
    expect([await find('/w'), await find(null)]).toEqual([
      { kind: 'listed', conversations: ['1795725932997_wuvgd', '1795725778031_mig6x'] },
      { kind: 'listed', conversations: [] },
    ]);
  });
});

describe('what Qwen Code is handed over', () => {
  const hooks = definition('qwen').hooks;
  const settings = (login: Record<string, string>): { readonly hooks: Record<string, readonly unknown[]> } | null => {
    const { files } = hooks?.handOver(context({ login }), '/h/athene-hook') ?? {};
    return files === undefined ? null : JSON.parse(files['qwen-defaults.json'] ?? '');
  };

  it('is its system’s defaults with one hook for each event', () => {
    write('defaults.json', JSON.stringify({ ui: { theme: 'x' }, hooks: { Stop: [{ hooks: [] }], Other: [1] } }));
    const made = settings({ HOME: home, QWEN_CODE_SYSTEM_DEFAULTS_PATH: join(home, 'defaults.json') });
    expect(made).toMatchObject({ ui: { theme: 'x' }, hooks: { Other: [1] } });
    expect(made?.hooks['Stop']).toEqual([
      { hooks: [] },
      {
        hooks: [
          expect.objectContaining({ command: expect.stringMatching(/^test -n "\$QWEN_CODE" \|\| .* qwen Stop$/) }),
        ],
      },
    ]);
  });

  it('is nothing where those can’t be read: they stay as they are', () => {
    write('defaults.json', '{ // mine\n}');
    expect(settings({ HOME: home, QWEN_CODE_SYSTEM_SETTINGS_PATH: join(home, 'settings.json') })).toMatchObject({
      hooks: {},
    });
    expect(settings({ HOME: home, QWEN_CODE_SYSTEM_DEFAULTS_PATH: join(home, 'defaults.json') })).toBe(null);
  });
});

it('Copilot CLI is handed a plug-in of its own for the launch', () => {
  const { args, files = {} } = definition('copilot').hooks?.handOver(context(), '/h/athene-hook') ?? {};
  expect([args, Object.keys(files)]).toEqual([
    ['--plugin-dir', join('/s', 'copilot-plugin')],
    ['copilot-plugin/plugin.json', 'copilot-plugin/hooks.json'],
  ]);
  expect(JSON.parse(files['copilot-plugin/hooks.json'] ?? '')).toMatchObject({
    hooks: { Stop: [{ type: 'command', bash: `test ! -x '/h/athene-hook' || '/h/athene-hook' copilot Stop` }] },
  });
});
