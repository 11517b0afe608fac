// What no child process may inherit from us: our secrets and test switches, and what npm, Electron and an enclosing git left behind.

const denied = [
  /^ATHENE_/i,
  /^AO_/,
  /^npm_/i,
  /^ELECTRON_/i,
  /^CHROME_DESKTOP$/,
  /^VITEST/,
  /^VITE_/,
  /^(NODE_OPTIONS|NODE_ENV|NODE_CHANNEL_FD|NODE_UNIQUE_ID|NODE_V8_COVERAGE|NODE_COMPILE_CACHE|INIT_CWD|TEST)$/,
  /^GIT_/i,
  /^CLAUDE_CODE_(?:SESSION|ENTRYPOINT|SSE|REMOTE)/,
  /^CLAUDECODE$/,
];

/** A copy without the denied names, without undefined values, without names that no shell could set. */
export function withoutOurs(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && name !== '__proto__' && !denied.some((pattern) => pattern.test(name)))
      kept[name] = value;
  }
  return kept;
}
