// What recorded transcripts tell of their conversations: beside each stands `….said.json`, line by line.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saidSchema } from '#shared/domain/conversation.ts';
import { agentDefinitions } from '../agent-catalogue.ts';

const here = import.meta.dirname;
const transcriptOf = (agent: string) => {
  const said = agentDefinitions.find(({ id }) => id === agent)?.transcript?.said;
  if (said === undefined) throw new Error(`${agent} tells nothing of its conversations`);
  return said;
};
const timestamp = '2026-11-26T14:00:00.000Z';
const saidIn = (agent: string, entry: object) =>
  transcriptOf(agent)(JSON.stringify({ timestamp, ...entry })).map(({ said }) => said);

describe.each(globSync('*/fixtures/transcript-*.said.json', { cwd: here }).toSorted())('%s', (file) => {
  const said = transcriptOf(dirname(dirname(file)));
  const lines = readFileSync(join(here, file.replace('.said.json', '.jsonl')), 'utf8')
    .trimEnd()
    .split('\n');

  it('tells who said what, in order, at its own time', () => {
    const told = lines.flatMap((line, index) =>
      said(line).map((each) => ({
        line: index + 1,
        at: each.at === null ? null : new Date(each.at).toISOString(),
        ...each.said,
      })),
    );
    expect(told).toEqual(JSON.parse(readFileSync(join(here, file), 'utf8')));
  });

  it('throws nothing where a line is cut', () => {
    for (const line of lines)
      for (const at of [0, 1, line.length >> 1, line.length - 1]) expect(said(line.slice(0, at))).toEqual([]);
  });
});

it('shows Claude Code’s own commands as they were typed, and nothing that it tells itself', () => {
  const says = (content: unknown, more: object = {}) =>
    saidIn('claude-code', { type: 'user', message: { role: 'user', content }, ...more });
  expect([
    says('<command-message>cost is running</command-message>\n<command-name>/cost</command-name>'),
    says('<command-name>/clear</command-name>'),
    says('<local-command-stdout>0.1 $</local-command-stdout>'),
    says('<bash-input>ls</bash-input>'),
    says('<task-notification>\n<task-id>b1</task-id><summary>Agent "look" has ended</summary>'),
    says([{ type: 'text', text: '<system-reminder>Be brief.</system-reminder>Go on' }]),
    says('hidden', { isMeta: true }),
    says('hidden', { isSidechain: true }),
    says('a summary', { isCompactSummary: true }),
  ]).toEqual([
    [{ kind: 'told', text: '/cost' }],
    [{ kind: 'told', text: '/clear' }],
    [],
    [{ kind: 'told', text: '! ls' }],
    [{ kind: 'note', text: 'Agent "look" has ended' }],
    [{ kind: 'told', text: 'Go on' }],
    [],
    [],
    [{ kind: 'note', text: 'The agent put a summary in place of what was said until here' }],
  ]);
});

it('knows a plan where an agent writes down the whole of it', () => {
  const claude = { type: 'tool_use', id: 't', name: 'TodoWrite', input: { todos: [] as unknown[] } };
  const todos = [
    { content: 'Look', status: 'completed' },
    { content: 'Mend', status: 'in_progress' },
    { content: 'Land', status: 'pending' },
  ];
  const says = (list: unknown[]) =>
    saidIn('claude-code', { type: 'assistant', message: { content: [{ ...claude, input: { todos: list } }] } });
  const steps = [
    { text: 'Look', state: 'done' },
    { text: 'Mend', state: 'doing' },
    { text: 'Land', state: 'open' },
  ];
  expect(says(todos)).toEqual([{ kind: 'planned', call: 't', steps }]);
  expect(says([{ content: 'Look', status: 'toString' }])).toMatchObject([{ kind: 'called', tool: 'TodoWrite' }]);
});

it('makes what is written down harmless, and cuts it', () => {
  const hostile = `\u001b]0;x\u0007\u202Egnp.exe\u0000 <script>alert(1)</script>\n${'x'.repeat(30_000)}`;
  const message = {
    content: [
      { type: 'text', text: hostile },
      { type: 'tool_use', id: hostile, name: hostile, input: { command: hostile, other: [hostile] } },
      { type: 'tool_result', tool_use_id: hostile, content: hostile },
    ],
  };
  const all = ['assistant', 'user'].flatMap((type) => saidIn('claude-code', { type, message }));
  expect(all.map(({ kind }) => kind)).toEqual(['said', 'called', 'told', 'returned']);
  for (const each of all) {
    expect(saidSchema.safeParse(each).error?.issues ?? []).toEqual([]);
    expect(Object.values(each).join('')).not.toMatch(/(?![\n\t])\p{C}/u);
    expect(JSON.stringify(each).length).toBeLessThan(25_000);
  }
});

it(
  'leaves out what Claude Code adds for itself, and is done at once with one that has no end',
  { timeout: 5000 },
  () => {
    const says = (content: string) => saidIn('claude-code', { type: 'user', message: { content } });
    const [begin, end] = ['<system-reminder>', '</system-reminder>'];
    expect(says(`a${begin}x${begin}y${end}b${end}c${begin}d`)).toEqual([{ kind: 'told', text: `ab${end}c${begin}d` }]);
    // Else each would take seconds, in which the host does nothing else.
    for (let rounds = 0; rounds < 8; rounds += 1) expect(says(begin.repeat(14_000))).toMatchObject([{ kind: 'told' }]);
  },
);

it.each(['claude-code', 'codex', 'qwen', 'copilot'])('%s throws nothing, whatever stands in its places', (agent) => {
  const values = [null, 7, 'x', [], {}, [null], [[]], { type: 'text' }, { text: 7 }, { __proto__: null }];
  const kinds = [
    'user',
    'assistant',
    'response_item',
    'event_msg',
    'tool_result',
    'user.message',
    'abort',
    'compacted',
  ];
  for (const type of kinds)
    for (const value of values)
      for (const entry of [
        { message: value, payload: value, data: value, systemPayload: value },
        { message: { content: value, parts: value }, payload: { type: 'message', role: 'user', content: value } },
        {
          message: { parts: [{ functionCall: value }] },
          payload: { type: 'function_call', name: 'f', arguments: value },
        },
        { message: { content: [value] }, payload: { type: 'function_call_output', output: value } },
      ])
        for (const said of saidIn(agent, { type, ...entry })) expect(saidSchema.safeParse(said).success).toBe(true);
});
