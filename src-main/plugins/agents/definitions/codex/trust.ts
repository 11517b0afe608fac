// Codex 0.171 takes the trust of a folder on its command line, beside those of the person's own file, and writes nothing down.
import type { AgentTrust } from '../../agent.ts';

export const codexTrust: AgentTrust = {
  kind: 'launch',
  // A JSON text is a TOML text for every path without control characters.
  handOver: ({ workspacePath }) => ({
    args: ['-c', `projects={${JSON.stringify(workspacePath)}={trust_level="trusted"}}`],
  }),
};
