// Which way a prompt takes to the agent.
import type { PromptDelivery } from '#shared/domain/session.ts';
import type { AgentDefinition } from '../../plugins/agents/agent.ts';

/** Bytes; Linux takes no argument of 128 KiB or more, and the flag may stand in the same one. */
const longestArgument = 120 * 1024;

/** A prompt that is too long for an argument is typed instead. */
export function promptDeliveryOf({ promptDelivery }: AgentDefinition, prompt: string | null): PromptDelivery {
  if (prompt === null || promptDelivery === 'none') return 'none';
  const fits = Buffer.byteLength(prompt) <= longestArgument;
  return promptDelivery === 'argument' && fits ? 'handed-over' : 'pending';
}
