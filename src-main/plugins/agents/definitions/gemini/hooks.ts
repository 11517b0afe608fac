// Gemini CLI 0.61 takes hooks from settings of the person, of the project or of root, and from extensions, which it looks for in one directory of
// the person. So ours is there beside theirs; it does nothing outside of a session.
import { isAbsolute, join } from 'node:path';
import type { AgentHooks } from '../../agent.ts';
import { toldText } from '../hook-words.ts';
import { geminiFacts } from './facts.ts';

/** Its name of an event → ours. `PreCompress` is told in every turn, also when nothing is made shorter. */
const events = {
  SessionStart: 'SessionStart',
  BeforeAgent: 'UserPromptSubmit',
  BeforeTool: 'PreToolUse',
  AfterTool: 'PostToolUse',
  Notification: 'Notification',
  AfterAgent: 'Stop',
  SessionEnd: 'SessionEnd',
} as const;

/** Milliseconds after which it gives up waiting; the script takes few. */
const timeout = 5000;

export const geminiHooks: AgentHooks = {
  /** Another one that is started by its commands finds the variable set, and does not tell as if it were this one. */
  handOver: () => ({ env: { GEMINI_CLI: '' } }),
  extension: {
    directory(login) {
      const home = login['GEMINI_CLI_HOME'] || login['HOME'] || '';
      return isAbsolute(home) ? join(home, '.gemini', 'extensions', 'athene') : null;
    },
    mark: 'made-by-athene.txt',
    files: (directory) => ({
      'made-by-athene.txt':
        'Athene makes this directory and takes it out again: athene hooks status, athene hooks remove.\n',
      'gemini-extension.json': json({ name: 'athene', version: '1.0.0' }),
      // Without it a person who allows only some extensions could not start Gemini CLI at all.
      '.gemini-extension-install.json': json({ type: 'link', source: directory }),
      'hooks/hooks.json': json({ hooks: hooksForAll() }),
    }),
  },
  /** Another one after `/clear`. */
  conversation: ({ kind, data }) => (kind === 'SessionStart' ? toldText(data, 'session_id') : null),
  facts: geminiFacts,
};

const hooksForAll = () =>
  Object.fromEntries(
    Object.entries(events).map(([event, kind]) => [
      event,
      [{ hooks: [{ type: 'command', name: 'athene', command: lineFor(kind), timeout }] }],
    ]),
  );

/** Found on the PATH of the session, so that it is the same for every home, and nothing when the wrappers were removed. */
const lineFor = (kind: string): string =>
  `test -z "$ATHENE_SESSION" || test -n "$GEMINI_CLI" || ! command -v athene-hook >/dev/null || athene-hook gemini ${kind}`;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
