// Numbers that other machines have used on the remote; asked before the claim, so that no lock waits for a network.
import { isCoordinator } from '#shared/domain/coordinator.ts';
import { ok } from '#shared/lib/result.ts';
import { need, type SpawnStep } from './spawn-step.ts';

export const remoteNumbers: SpawnStep = {
  name: 'remote-numbers',
  async run(spawn) {
    // Whoever has a name needs no number.
    if (isCoordinator(spawn.input.makes.kind)) return ok(null);
    const numbers = await spawn.dependencies.remoteNumbers(need(spawn.project, 'project'));
    spawn.remoteNumber = Math.max(0, ...numbers);
    return ok(null);
  },
};
