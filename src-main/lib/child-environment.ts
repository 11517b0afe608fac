// What no child process may inherit from us: our secrets and test switches, and what npm, Electron and an enclosing git left behind.

/** Never an agent's business, whoever set it. */
const alwaysDenied = [/^ATHENE_/i, /^AO_/, /^npm_/i, /^ELECTRON_/i];
/** Right in a person's own profile, wrong when it came down to us from a script or from an enclosing agent. */
const denied = [
  ...alwaysDenied,
  /^CHROME_DESKTOP$/,
  /^VITEST/,
  /^VITE_/,
  /^(NODE_OPTIONS|NODE_ENV|NODE_CHANNEL_FD|NODE_UNIQUE_ID|NODE_V8_COVERAGE|NODE_COMPILE_CACHE|INIT_CWD|TEST)$/,
  /^GIT_/i,
  /^CLAUDE_CODE_(?:SESSION|ENTRYPOINT|SSE|REMOTE)/,
  /^CLAUDECODE$/,
];

/** A copy of what this process inherited, without the denied names. */
export const withoutOurs = (env: NodeJS.ProcessEnv): Record<string, string> => without(env, denied);

/** A copy of what a clean login shell told: the person's own settings of git and Node stay. */
export const withoutAthene = (env: NodeJS.ProcessEnv): Record<string, string> => without(env, alwaysDenied);

function without(env: NodeJS.ProcessEnv, patterns: readonly RegExp[]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && name !== '__proto__' && !patterns.some((pattern) => pattern.test(name))) {
      kept[name] = value;
    }
  }
  return kept;
}
