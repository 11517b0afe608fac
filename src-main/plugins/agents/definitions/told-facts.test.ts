// What recorded events say: each fixture holds what an agent's hooks really told, as it is kept in the record, and what follows from it.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPlainText } from '#shared/domain/identifier.ts';
import type { FactClaim } from '#shared/domain/fact.ts';
import { agentDefinitions } from '../agent-catalogue.ts';

interface Recorded {
  readonly kind: string;
  readonly told: unknown;
  readonly says: readonly FactClaim[];
}

const here = import.meta.dirname;
const factsOf = (agent: string, kind: string, told: unknown): readonly FactClaim[] =>
  agentDefinitions.find(({ id }) => id === agent)?.hooks?.facts({ kind, data: { told } }) ?? [];

describe.each(globSync('*/fixtures/hooks-*.json', { cwd: here }).toSorted())('%s', (file) => {
  const agent = dirname(dirname(file));
  const recorded = JSON.parse(readFileSync(join(here, file), 'utf8')) as readonly Recorded[];

  it('says what it should', () => {
    const says = recorded.map(({ kind, told }) => [kind, factsOf(agent, kind, told)]);
    expect(says).toEqual(recorded.map(({ kind, says: expected }) => [kind, expected]));
  });

  it('says it in short printable lines', () => {
    const texts = recorded.flatMap(({ says }) => says.flatMap((claim) => Object.values(claim) as unknown[]));
    const lines = texts.filter((text) => typeof text === 'string');
    expect(lines.filter((text) => text.length > 200 || !isPlainText(text) || text.includes('\n'))).toEqual([]);
  });
});

const allFour = ['claude-code', 'codex', 'opencode', 'gemini'];

describe.each(allFour)('%s', (agent) => {
  it.each([
    ['UserPromptSubmit', null, [{ kind: 'works', on: null }]],
    ['PreToolUse', { tool_name: 'Bash' }, [{ kind: 'works', on: 'Bash' }]],
    ['PreToolUse', { tool_name: 7, tool_input: [] }, [{ kind: 'works', on: null }]],
    ['PreToolUse', { tool_name: 'shell', tool_input: { command: ['bash', '-lc', 'npm test'] } }, 'shell: npm test'],
    [
      'PreToolUse',
      { tool_name: 'Write', tool_input: { content: 'x', file_path: '/w/a\u202e.ts\n' } },
      'Write: /w/a .ts',
    ],
    [
      'PreToolUse',
      { tool_name: 'Bash', tool_input: { command: 'TOKEN=abcdefgh npm publish' } },
      'Bash: TOKEN=[secret] npm publish',
    ],
    ['Stop', [], [{ kind: 'rests' }]],
    ['SessionEnd', 'x', [{ kind: 'rests' }]],
    ['StopFailure', {}, [{ kind: 'blocked', why: 'It did not say why.' }]],
    ['SessionStart', { source: 'compact' }, []],
    ['PermissionReply', {}, [{ kind: 'answered' }]],
    ['constructor', {}, []],
  ])('takes %s with %j', (kind, told, expected) => {
    expect(factsOf(agent, kind, told)).toEqual(
      typeof expected === 'string' ? [{ kind: 'works', on: expected }] : expected,
    );
  });

  it('cuts what is long', () => {
    const [claim] = factsOf(agent, 'PreToolUse', { tool_name: 'Bash', tool_input: { command: '😀'.repeat(100_000) } });
    expect(claim?.kind === 'works' ? claim.on?.length : null).toBeLessThanOrEqual(200);
  });
});

it('a tool that a person interrupted ends the turn; what Claude Code says of its own conversation does not', () => {
  const says = (kind: string, told: unknown) => factsOf('claude-code', kind, told)[0]?.kind;
  expect([
    says('PostToolUseFailure', { tool_name: 'Bash', is_interrupt: true }),
    says('PreCompact', { trigger: 'auto' }),
    says('PostCompact', { trigger: 'auto' }),
    says('PostCompact', { trigger: 'manual' }),
    says('Notification', { notification_type: 'auth_success' }),
  ]).toEqual(['rests', 'works', 'works', 'rests', undefined]);
});

it('a turn of opencode that failed is blocked although it rests, and one that a person ended is not', () => {
  expect([
    factsOf('opencode', 'Stop', { session_id: 'ses_1', error: 'APIError', message: 'Overloaded' }),
    factsOf('opencode', 'Error', { session_id: 'ses_1', error: 'MessageAbortedError', message: 'Aborted' }),
    factsOf('opencode', 'Stop', { session_id: 'ses_1', error: 'MessageAbortedError' }),
    factsOf('opencode', 'Error', { session_id: 'ses_1', error: 'UnknownError' }),
    factsOf('opencode', 'SubagentStop', { session_id: 'ses_2', error: 'APIError' }),
  ]).toEqual([
    [{ kind: 'blocked', why: 'Overloaded' }],
    [{ kind: 'rests' }],
    [{ kind: 'rests' }],
    [{ kind: 'blocked', why: 'UnknownError' }],
    [{ kind: 'helper', id: 'ses_2', change: 'ended' }],
  ]);
});
