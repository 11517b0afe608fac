// Last step: the prompt went in with the arguments, or is put into the outbox for whoever runs to type it.
import { ok } from '#shared/lib/result.ts';
import { withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import type { PromptDelivery } from '#shared/domain/session.ts';
import type { AgentDefinition } from '../../plugins/agents/agent.ts';
import { need, type SpawnStep } from './spawn-step.ts';

export const deliverPrompt: SpawnStep = {
  name: 'deliver-prompt',
  async run(spawn) {
    const record = need(spawn.record, 'record');
    spawn.record = {
      ...record,
      promptDelivery: deliveryOf(need(spawn.agent, 'agent').definition, record.prompt),
      lifecycle: withRuntimeStarted(record.lifecycle, spawn.dependencies.now()),
    };
    return ok(null);
  },
};

function deliveryOf({ promptDelivery }: AgentDefinition, prompt: string | null): PromptDelivery {
  if (prompt === null || promptDelivery === 'none') return 'none';
  return promptDelivery === 'argument' ? 'handed-over' : 'pending';
}
