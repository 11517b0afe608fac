import { describe, expect, it } from 'vitest';
import { claudeCode } from '../../plugins/agents/definitions/claude-code/definition.ts';
import { custom } from '../../plugins/agents/definitions/custom/definition.ts';
import { shell } from '../../plugins/agents/definitions/shell/definition.ts';
import { promptDeliveryOf } from './prompt-delivery.ts';

describe('a prompt', () => {
  it('is handed over, typed, or nobody takes it, as the agent is declared', () => {
    expect([claudeCode, custom, shell].map((agent) => promptDeliveryOf(agent, '-x'))).toEqual([
      'handed-over',
      'pending',
      'none',
    ]);
    expect(promptDeliveryOf(claudeCode, null)).toBe('none');
  });

  it('is typed when the system takes no argument of its length in bytes', () => {
    expect(promptDeliveryOf(claudeCode, 'x'.repeat(100_000))).toBe('handed-over');
    expect(promptDeliveryOf(claudeCode, '語'.repeat(50_000))).toBe('pending');
  });
});
