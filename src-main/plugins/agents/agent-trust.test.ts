import { describe, expect, it } from 'vitest';
import { claudeCodeTrust } from './definitions/claude-code/trust.ts';
import { custom } from './definitions/custom/definition.ts';
import { editJson } from './definitions/edit-json.ts';
import { geminiTrust } from './definitions/gemini/trust.ts';
import type { LaunchContext } from './agent.ts';

const context: LaunchContext = {
  ...{
    session: 'a-1',
    project: 'a',
    workspacePath: '/w',
    sessionDirectory: '/s',
    prompt: null,
    systemPromptFile: null,
  },
  ...{ command: 'make', conversation: null, permissions: 'ask', model: null, program: null, shell: '/bin/bash' },
  login: {},
};

describe('a JSON file of somebody else', () => {
  it.each([
    ['{"a":1.0,"b":12345678901234567890,"c":1e400,"d":-0}'],
    ['{\n  "a": [\n    1,\n    "\\u2028é"\n  ]\n}\n'],
    ['{\n\t"a": {\n\t\t"__proto__": 1,\n\t\t"constructor": null\n\t}\n}'],
  ])('is the same but for what is changed: %j', (text) => {
    expect(editJson(text, (object) => ({ ...object }))).toBe(text.replace('\\u2028', '\u2028'));
  });

  it.each(['', 'null', '[]', '"x"', '{', '{} {}'])('that is none is refused: %j', (text) => {
    expect(() => claudeCodeTrust.kind === 'file' && claudeCodeTrust.add(text, '/w')).toThrow();
  });
});

it('Gemini is told by its environment', () => {
  expect(geminiTrust.kind === 'launch' && geminiTrust.handOver(context)).toEqual({
    env: { GEMINI_CLI_TRUST_WORKSPACE: 'true' },
  });
});

it.each([
  ['/bin/bash', `PATH='/w'\\''s:/b':"$PATH"; export PATH\nmake`],
  ['/usr/bin/fish', 'make'],
])('a custom command in %s finds ours first, whatever the profile did', (shell, line) => {
  expect(custom.launch({ ...context, shell, firstOnPath: "/w's:/b" }).argv).toEqual([shell, '-lc', line]);
});
