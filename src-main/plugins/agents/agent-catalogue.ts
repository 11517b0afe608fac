// All agents that Athene knows, and which of them are installed: looked for where they will run, on the login shell's PATH.
import type { AgentView } from '#shared/domain/agent.ts';
import { run } from '../../lib/exec.ts';
import { findProgram } from '../../lib/find-program.ts';
import type { LoginEnvironment } from '../../lib/login-environment.ts';
import type { AgentDefinition, AgentPresence } from './agent.ts';
import { aider } from './definitions/aider/definition.ts';
import { amp } from './definitions/amp/definition.ts';
import { claudeCode } from './definitions/claude-code/definition.ts';
import { cline } from './definitions/cline/definition.ts';
import { codex } from './definitions/codex/definition.ts';
import { copilot } from './definitions/copilot/definition.ts';
import { crush } from './definitions/crush/definition.ts';
import { cursor } from './definitions/cursor/definition.ts';
import { custom } from './definitions/custom/definition.ts';
import { demo } from './definitions/demo/definition.ts';
import { gemini } from './definitions/gemini/definition.ts';
import { goose } from './definitions/goose/definition.ts';
import { opencode } from './definitions/opencode/definition.ts';
import { qwen } from './definitions/qwen/definition.ts';
import { shell } from './definitions/shell/definition.ts';

export const agentDefinitions: readonly AgentDefinition[] = [
  claudeCode,
  codex,
  opencode,
  gemini,
  qwen,
  copilot,
  cline,
  aider,
  cursor,
  amp,
  goose,
  crush,
  demo,
  shell,
  custom,
];

export interface AgentCatalogue {
  definition(id: string): AgentDefinition | null;
  /** Is it there? Looks anew, but starts no program, so the version is not told. Unknown ids are missing. */
  presence(id: string): Promise<AgentPresence>;
  /** All with versions; from the last look unless `fresh` or that is over a minute old. */
  list(fresh: boolean): Promise<readonly AgentView[]>;
}

/** Milliseconds. */
const listAge = 60_000;
const versionCap = 5000;

export function createAgentCatalogue(dependencies: {
  readonly login: (fresh: boolean) => Promise<LoginEnvironment>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly definitions?: readonly AgentDefinition[];
}): AgentCatalogue {
  const { login, now, definitions = agentDefinitions } = dependencies;
  let last: { readonly at: number; readonly views: Promise<readonly AgentView[]> } | null = null;
  const definition = (id: string): AgentDefinition | null => definitions.find((known) => known.id === id) ?? null;
  return {
    definition,
    async presence(id) {
      const known = definition(id);
      if (known === null) return { kind: 'unknown', why: `there is no agent called ${id}` };
      return known.program === null ? shipped : look(known.program, await login(false));
    },
    list(fresh) {
      if (fresh || last === null || now() - last.at > listAge)
        last = { at: now(), views: lookAtAll(definitions, login, fresh) };
      return last.views;
    },
  };
}

const shipped: AgentPresence = { kind: 'found', path: null, version: null };

async function lookAtAll(
  definitions: readonly AgentDefinition[],
  login: (fresh: boolean) => Promise<LoginEnvironment>,
  fresh: boolean,
): Promise<readonly AgentView[]> {
  const environment = await login(fresh);
  return Promise.all(
    definitions.map(async (definition) => viewOf(definition, await lookClosely(definition, environment))),
  );
}

const viewOf = ({ id, name, takesCommand, promptDelivery }: AgentDefinition, presence: AgentPresence): AgentView => ({
  id,
  name,
  takesCommand,
  takesPrompt: promptDelivery !== 'none',
  presence,
});

async function lookClosely({ program }: AgentDefinition, environment: LoginEnvironment): Promise<AgentPresence> {
  if (program === null) return shipped;
  const presence = look(program, environment);
  if (presence.kind !== 'found' || presence.path === null) return presence;
  return { ...presence, version: await versionOf(presence.path, program.versionArguments, environment) };
}

/** A program not found while the login shell did not answer may well be installed. */
function look(program: NonNullable<AgentDefinition['program']>, { env, problem }: LoginEnvironment): AgentPresence {
  const path = findProgram(program.command, env['PATH'] ?? '');
  if (path !== null) return { kind: 'found', path, version: null };
  return problem === null ? { kind: 'missing', install: program.install } : { kind: 'unknown', why: problem.what };
}

/** Null when it does not tell in time: it is installed all the same. */
async function versionOf(file: string, args: readonly string[], { env }: LoginEnvironment): Promise<string | null> {
  const cwd = env['HOME'] ?? '/';
  const told = await run({ file, args, cwd, env, timeoutMs: versionCap, maxBytes: 64 * 1024 });
  if (told.kind !== 'exited' || told.code !== 0) return null;
  return /\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?/.exec(told.stdout)?.[0] ?? null;
}
