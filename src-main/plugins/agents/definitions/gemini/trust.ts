// Gemini CLI 0.61 takes the trust of its folder from its environment, and writes nothing down.
import type { AgentTrust } from '../../agent.ts';

export const geminiTrust: AgentTrust = {
  kind: 'launch',
  handOver: () => ({ env: { GEMINI_CLI_TRUST_WORKSPACE: 'true' } }),
};
