// Athene by itself types nothing that others wrote into what may be a shell, which would run it.
import type { AgentDefinition } from '../plugins/agents/agent.ts';

/** Also where nobody knows any more what it is. */
export const mayBeShell = (definition: AgentDefinition | null): boolean =>
  definition === null || definition.takesCommand || definition.promptDelivery === 'none';
