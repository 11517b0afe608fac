// opencode calls plugins, not programs: a file of the session's own directory, named in the variable that is laid over the person's configuration.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AgentHooks } from '../../agent.ts';
import { toldText } from '../hook-words.ts';
import { configurationVariable, withPlugin } from './configuration.ts';
import { opencodeFacts } from './facts.ts';
import { opencodePlugin } from './plugin.ts';

const pluginFile = 'athene-opencode.js';

export const opencodeHooks: AgentHooks = {
  handOver(context, command) {
    const address = pathToFileURL(join(context.sessionDirectory, pluginFile)).href;
    return {
      env: { [configurationVariable]: JSON.stringify(withPlugin(context, address)) },
      files: { [pluginFile]: opencodePlugin(command) },
    };
  },
  /** Another one after `/new`, and when a turn begins in one that was chosen from its list. */
  conversation: ({ kind, data }) => (kind === 'SessionStart' ? toldText(data, 'session_id') : null),
  facts: opencodeFacts,
};
