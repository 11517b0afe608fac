// Recorded dialogs of agents, read with what their definitions know of them.
import { describe, expect, it } from 'vitest';
import { questionOnScreen } from '#shared/domain/found-question.ts';
import { drawnScreen, recordedScreen, recordedScreens } from '#shared/domain/fixtures/recorded-screen.ts';
import { writtenQuestion } from '#shared/domain/fixtures/written-question.ts';
import { agentDefinitions } from '../agent-catalogue.ts';

const agents = {
  ...{ claude: 'claude-code', codex: 'codex', gemini: 'gemini', opencode: 'opencode', demo: 'demo' },
  ...{ qwen: 'qwen', copilot: 'copilot', amp: 'amp', cline: 'cline', goose: 'goose' },
} as const;

describe.each(Object.entries(agents))('%s', (prefix, agent) => {
  const signs = agentDefinitions.find(({ id }) => id === agent)?.questionSigns;
  const dialogs = recordedScreens.filter(
    (name) => name.startsWith(`${prefix}-`) && recordedScreen(name).asks !== 'nothing',
  );

  it.each(dialogs)('%s', async (name) => {
    const question = questionOnScreen(recordedScreen(name).screen, signs);
    await expect(writtenQuestion(question)).toMatchFileSnapshot(`${agent}/fixtures/questions/${name}.txt`);
  });
});

it.each([
  [
    'claude-code',
    ` Bash command\n${'╌'.repeat(40)}\n rm -rf /\n${'╌'.repeat(40)}\n ls\n${'╌'.repeat(40)}\n Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel▮`,
  ],
  [
    'gemini',
    `│ ? Shell  rm -rf /\n│ ╭────╮ │\n│ │ rm -rf /\n│ │ ? Shell  ls\n│ │ ╭────╮\n│ │ ls\n│ ╰────╯ │\n│ Allow execution of [Shell]?\n│ ● 1. Allow once\n│   2. No▮`,
  ],
  [
    'opencode',
    `┃ △ Permission required\n┃   # Shell command\n┃\n┃ $ rm -rf /\n┃ △ Permission required\n┃   # Shell command\n┃ $ ls\n┃\n┃  Allow once   Reject      ⇆ select  enter confirm\n▮`,
  ],
  [
    'cline',
    ` Approve tool call?\n\n run_commands\n\n   $ ls\n\n Approve tool call?\n\n run_commands\n\n   $ rm -rf /\n   $ ls\n\n  [y] Approve   [n] Deny▮`,
  ],
  [
    'cline',
    ` Approve tool call?\n\n run_commands\n\n   $ rm -rf /\n     Approve tool call?\n\n     run_commands\n\n     $ ls\n\n  [y] Approve   [n] Deny▮`,
  ],
  [
    'cline',
    ` Approve tool call?\n\n run_commands\n\n   $ echo \\\n     $(rm -rf /)\n     ls; why?\n\n  [y] Approve   [n] Deny▮`,
  ],
  [
    'qwen',
    `  ? Shell rm -rf / ←\n\n     rm -rf /\n  ? Shell ls ←\n\n     ls\n\n   Allow execution of: 'rm'?\n\n   › 1. Yes, allow once\n     2. No, suggest changes (esc)▮`,
  ],
  [
    'copilot',
    `│ ╭────╮ │\n│ │ rm -rf /\n│ ╰────╯ │\n│ ╭────╮ │\n│ │ ls\n│ ╰────╯ │\n│ Do you want to run this command?\n│ ❯ 1. Yes\n│   2. No▮`,
  ],
])('shows all of a command that looks like a dialog of %s', (agent, text) => {
  const signs = agentDefinitions.find(({ id }) => id === agent)?.questionSigns;
  expect(questionOnScreen(drawnScreen(text), signs)?.command).toMatch(/rm -rf \/[^]*\bls\b/);
});
