// What opencode is told in its own variable, which it lays over the person's files: what stands in those holds, and plugins of both are loaded.
import type { LaunchContext } from '../../agent.ts';

export const configurationVariable = 'OPENCODE_CONFIG_CONTENT';

export interface OpencodeConfiguration {
  readonly instructions?: readonly string[];
  readonly permission?: object;
  readonly plugin?: readonly unknown[];
}

/**
 * What the person has in the same variable, with our instructions and rules. Without it opencode edits and runs commands unasked: asking is
 * the default in Athene, permissionless is chosen there. Null when there is nothing to tell.
 */
export function opencodeConfiguration({
  systemPromptFile,
  permissions,
  login,
}: LaunchContext): OpencodeConfiguration | null {
  const { instructions = [], permission, ...rest } = configurationIn(login[configurationVariable]);
  const all = systemPromptFile === null ? instructions : [...instructions, systemPromptFile];
  const rules = permissions === 'ask' ? { ...permission, ...asking } : permission;
  if (all.length === 0 && rules === undefined) return null;
  return { ...rest, instructions: all, ...(rules === undefined ? {} : { permission: rules }) };
}

/** With one more plugin, beside those that the person has in the variable. */
export function withPlugin(context: LaunchContext, address: string): OpencodeConfiguration {
  const configuration = opencodeConfiguration(context) ?? configurationIn(context.login[configurationVariable]);
  return { ...configuration, plugin: [...(configuration.plugin ?? []), address] };
}

const asking = { edit: 'ask', bash: 'ask', webfetch: 'ask' };

/** A text that is no JSON is not kept: it can't be added to, and asking comes first. */
function configurationIn(text: string | undefined): OpencodeConfiguration {
  try {
    return (JSON.parse(text || '{}') ?? {}) as OpencodeConfiguration;
  } catch {
    return {};
  }
}
