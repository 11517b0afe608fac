// Last step: the prompt went in with the arguments, or is put into the outbox for whoever runs to type it.
import { ok } from '#shared/lib/result.ts';
import { withRuntimeStarted } from '#shared/domain/lifecycle.ts';
import { openingWords } from '../launch/opening-words.ts';
import { promptDeliveryOf } from '../launch/prompt-delivery.ts';
import { need, type SpawnStep } from './spawn-step.ts';

export const deliverPrompt: SpawnStep = {
  name: 'deliver-prompt',
  onlyRecord: true,
  async run(spawn) {
    const record = need(spawn.record, 'record');
    const { definition } = need(spawn.agent, 'agent');
    spawn.record = {
      ...record,
      promptDelivery: promptDeliveryOf(definition, openingWords(spawn.dependencies, record, definition)),
      lifecycle: withRuntimeStarted(record.lifecycle, spawn.dependencies.now()),
    };
    return ok(null);
  },
};
