// What recorded transcripts say, whole turns of real agents: the one file is what was written, shortened; `….says.json` what follows, line by line. (Aider's is as its source writes it.)
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentTranscript } from '../agent.ts';
import { agentDefinitions } from '../agent-catalogue.ts';

const here = import.meta.dirname;
const transcriptOf = (agent: string): AgentTranscript => {
  const transcript = agentDefinitions.find(({ id }) => id === agent)?.transcript;
  if (transcript === undefined) throw new Error(`${agent} keeps none`);
  return transcript;
};
const claimsOf = (agent: string, entry: object): unknown =>
  transcriptOf(agent)
    .facts(JSON.stringify({ timestamp: '2026-11-26T14:00:00.000Z', ...entry }))
    .map(({ claim }) => claim);

describe.each(globSync('*/fixtures/transcript-*.{jsonl,md}', { cwd: here }).toSorted())('%s', (file) => {
  const { facts } = transcriptOf(dirname(dirname(file)));
  const text = readFileSync(join(here, file), 'utf8');
  const lines = text.trimEnd().split('\n');

  it('says what it should, at its own time', () => {
    const says = lines.flatMap((line, index) =>
      facts(line).map(({ at, claim }) => ({
        line: index + 1,
        at: at === null ? null : new Date(at).toISOString(),
        claim,
      })),
    );
    expect(says).toEqual(JSON.parse(readFileSync(join(here, file.replace(/\.\w+$/, '.says.json')), 'utf8')));
  });

  it('says nothing, and throws nothing, where a line is cut or spoiled', () => {
    const random = numbers(7);
    for (const line of lines.slice(0, 40)) {
      const at = Math.floor(random() * line.length);
      for (const spoiled of [line.slice(0, at), `${line.slice(0, at)}\u0000${line.slice(at + 1)}`, line.slice(at)])
        expect(Array.isArray(facts(spoiled))).toBe(true);
    }
  });
});

/** The same ones each time, between 0 and 1. */
const numbers = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

const withTranscript = agentDefinitions.filter(({ transcript }) => transcript !== undefined).map(({ id }) => id);
const time = '"timestamp":"2026-11-26T14:00:00.000Z"';

describe.each(withTranscript)('%s', (agent) => {
  const { facts } = transcriptOf(agent);

  it.each([
    ['nothing', ''],
    ['a huge line', `{${time},"type":"user","message":{"content":"${'x'.repeat(20_000_000)}"}}`],
    ['deep nesting', `{${time},"type":"user","message":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a prototype', `{${time},"__proto__":{"type":"user"},"message":{"__proto__":{"content":"x"}}}`],
    ['names of methods', `{${time},"type":"constructor","payload":{"type":"toString"},"content":"hasOwnProperty"}`],
    ['other kinds of values', `{${time},"type":7,"payload":[],"message":"x","content":{"a":null},"toolCalls":{}}`],
    ['a list', `[{${time},"type":"user"}]`],
    ['an impossible time', '{"timestamp":"never","type":"user","message":{"content":"x"},"content":[{"text":"x"}]}'],
    ['a time before all', '{"timestamp":"-000001-01-01T00:00:00Z","type":"user","message":{"content":"x"}}'],
  ])('takes %s for nothing', (_, line) => {
    expect(facts(line)).toEqual([]);
  });

  it('never throws, whatever values stand in the places of its own', () => {
    const random = numbers(agent.length);
    for (let round = 0; round < 400; round += 1)
      expect(
        Array.isArray(facts(JSON.stringify({ timestamp: '2026-11-26T14:00:00Z', ...(made(random, 0) as object) }))),
      ).toBe(true);
  });
});

const names =
  'type subtype message content payload role error text item name input arguments toolCalls args isMeta toolUseResult status'.split(
    ' ',
  );
const kinds =
  'user assistant system gemini info error event_msg response_item task_complete function_call tool_use turn_duration'.split(
    ' ',
  );

function made(random: () => number, depth: number): unknown {
  const pick = Math.floor(random() * (depth === 0 ? 1 : depth > 3 ? 5 : 7));
  const some = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  if (depth === 0 || pick === 6)
    return Object.fromEntries(names.filter(() => random() < 0.5).map((name) => [name, made(random, depth + 1)]));
  if (pick === 5) return [made(random, depth + 1), made(random, depth + 1)];
  return [some(kinds), some(kinds), null, random() * 1e20, true][pick];
}

it('a helper’s lines, notes of Claude Code itself and its own commands are not its main loop', () => {
  const says = (entry: object) => claimsOf('claude-code', entry);
  const user = { type: 'user', message: { role: 'user', content: 'hello' } };
  expect([
    says(user),
    says({ ...user, isSidechain: true }),
    says({ ...user, isMeta: true }),
    says({ ...user, isCompactSummary: true }),
    says({ type: 'user', message: { content: '<command-name>/cost</command-name>' } }),
    says({ type: 'assistant', isSidechain: true, message: { stop_reason: 'end_turn', content: [] } }),
    says({
      type: 'queue-operation',
      operation: 'enqueue',
      content: '<task-notification>\n<task-id>b1</task-id><summary>Background command',
    }),
  ]).toEqual([[{ kind: 'works', on: null }], [], [], [], [], [], []]);
});

it('what a server answered is told by its message, without secrets', () => {
  expect([
    claimsOf('codex', { type: 'event_msg', payload: { type: 'error', message: 'stream disconnected' } }),
    claimsOf('codex', { type: 'event_msg', payload: { type: 'task_complete', error: {} } }),
    claimsOf('gemini', { type: 'error', content: '[API Error: {"error":{"message":"Say \\"please\\"","code":400}}]' }),
    claimsOf('gemini', { type: 'error', content: 'Bearer abcdefghijklmnop was refused' }),
  ]).toEqual([
    [{ kind: 'blocked', why: 'stream disconnected' }],
    [{ kind: 'blocked', why: 'It did not say why.' }],
    [{ kind: 'blocked', why: 'Say "please"' }],
    [{ kind: 'blocked', why: 'Bearer [secret] was refused' }],
  ]);
});

describe('a transcript is found', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'athene-transcripts-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const conversation = '01a2184c-9f5b-7c91-8282-4a41f530f5ac';
  const other = '01a2184c-9f5b-7c91-8282-4a41f530f5ad';
  const write = (path: string, text = ''): string => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
    return join(home, path);
  };
  const located = (agent: string, id = conversation, login: Record<string, string> = {}) =>
    transcriptOf(agent).locate({
      conversation: id,
      workspacePath: '/w',
      sessionDirectory: join(home, 'session'),
      login: { HOME: home, ...login },
    });

  it.each([
    ['claude-code', (id: string) => `.claude/projects/-w/${id}.jsonl`, ''],
    ['codex', (id: string) => `.codex/sessions/2026/11/26/rollout-2026-11-26T14-40-04-${id}.jsonl`, ''],
    ['gemini', (id: string) => `.gemini/tmp/web-1/chats/session-2026-11-26T14-40-${id.slice(0, 8)}.jsonl`, 'x'],
  ])('by the exact id of its conversation: %s', (agent, path, head) => {
    const text = (id: string): string => (head === '' ? '' : `{"sessionId":"${id}"}\n`);
    write(path(other), text(other));
    expect(located(agent), 'that of another conversation').toBe(null);
    const own = write(path(conversation), text(conversation));
    expect(located(agent)).toBe(own);
    for (const id of ['', '..', '../../x', 'a/b', 'x'.repeat(200), '-rf']) expect(located(agent, id)).toBe(null);
  });

  it.each([
    ['claude-code', { CLAUDE_CONFIG_DIR: 'elsewhere' }, `elsewhere/projects/-w/${conversation}.jsonl`],
    [
      'codex',
      { CODEX_HOME: 'elsewhere' },
      `elsewhere/sessions/2026/11/27/rollout-2026-11-27T01-40-04-${conversation}.jsonl`,
    ],
    ['gemini', { GEMINI_CLI_HOME: 'elsewhere' }, `elsewhere/.gemini/tmp/web-1/chats/session-x-01a2184c.jsonl`],
  ])('where the person’s environment says that %s keeps its files', (agent, login, path) => {
    const there = Object.fromEntries(Object.entries(login).map(([name, place]) => [name, join(home, place)]));
    expect(located(agent, conversation, there)).toBe(null);
    const own = write(path, `{"sessionId":"${conversation}"}\n`);
    expect(located(agent, conversation, there)).toBe(own);
  });

  it('of Codex on any day, where its id does not tell when it began', () => {
    const id = 'e189ecad-712b-44ba-926d-27505dc2bde1';
    const own = write(`.codex/sessions/2025/03/09/rollout-2025-03-09T10-00-00-${id}.jsonl`);
    expect(located('codex', id)).toBe(own);
  });

  it('of Claude Code where it was written last, when it went on in another directory', () => {
    write(`.claude/projects/-a/${conversation}.jsonl`);
    const path = write(`.claude/projects/-b/${conversation}.jsonl`, 'x');
    const later = new Date(Date.now() + 60_000);
    utimesSync(path, later, later);
    expect(located('claude-code')).toBe(path);
  });

  it.runIf(process.platform !== 'win32')('not behind a link, and not outside of the agent’s own directory', () => {
    const outside = write('outside/secret.jsonl', `{"sessionId":"${conversation}"}\n`);
    for (const [agent, path] of [
      ['claude-code', `.claude/projects/-w/${conversation}.jsonl`],
      ['codex', `.codex/sessions/2026/11/26/rollout-2026-11-26T14-40-04-${conversation}.jsonl`],
      ['gemini', '.gemini/tmp/web-1/chats/session-x-01a2184c.jsonl'],
    ] as const) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      symlinkSync(outside, join(home, path));
      expect(located(agent)).toBe(null);
      rmSync(dirname(join(home, path)), { recursive: true });
      write(`outside/${path.split('/').at(-1)}`, `{"sessionId":"${conversation}"}\n`);
      symlinkSync(join(home, 'outside'), dirname(join(home, path)));
      expect(located(agent)).toBe(null);
    }
  });
});
