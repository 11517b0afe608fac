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
import { readIcon, type ReadIcon } from './own/read-icon.ts';
import type { DefinedAgent } from './own/read-own-agents.ts';

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
  /** Those that are defined elsewhere, as they are now. */
  readonly defined?: () => readonly DefinedAgent[];
}): AgentCatalogue {
  const { login, now, definitions = agentDefinitions, defined = () => [] } = dependencies;
  let last: { readonly at: number; readonly views: Promise<readonly AgentView[]> } | null = null;
  const definition = (id: string): AgentDefinition | null =>
    definitions.find((known) => known.id === id) ?? defined().find(isReady(id))?.definition ?? null;
  return {
    definition,
    async presence(id) {
      const known = definition(id);
      if (known === null) return { kind: 'unknown', why: whyNone(id, defined()) };
      return known.program === null ? shipped : look(known.program, await login(false));
    },
    list(fresh) {
      if (fresh || last === null || now() - last.at > listAge)
        last = { at: now(), views: lookAtAll([...shippedOf(definitions), ...defined()], login, fresh) };
      return last.views;
    },
  };
}

const isReady =
  (id: string) =>
  (agent: DefinedAgent): agent is Extract<DefinedAgent, { readonly kind: 'ready' }> =>
    agent.kind === 'ready' && agent.id === id;

function whyNone(id: string, defined: readonly DefinedAgent[]): string {
  const broken = defined.find((agent) => agent.kind === 'broken' && agent.id === id);
  return broken?.kind === 'broken' ? `${broken.where}: ${broken.why}` : `there is no agent called ${id}`;
}

const shippedOf = (definitions: readonly AgentDefinition[]): readonly ListedAgent[] =>
  definitions.map((definition) => {
    const { id, icon = null } = definition;
    return { kind: 'ready', id, where: null, icon, definition };
  });

type ListedAgent =
  | DefinedAgent
  | (Omit<Extract<DefinedAgent, { readonly kind: 'ready' }>, 'where'> & { readonly where: null });

const shipped: AgentPresence = { kind: 'found', path: null, version: null };

async function lookAtAll(
  agents: readonly ListedAgent[],
  login: (fresh: boolean) => Promise<LoginEnvironment>,
  fresh: boolean,
): Promise<readonly AgentView[]> {
  const environment = await login(fresh);
  return Promise.all(
    agents.map(async (agent) =>
      agent.kind === 'broken'
        ? brokenView(agent)
        : viewOf(agent, await lookClosely(agent.definition, environment), environment.env['HOME'] ?? ''),
    ),
  );
}

const brokenView = ({ id, where, why }: Extract<DefinedAgent, { readonly kind: 'broken' }>): AgentView => ({
  ...{ id, name: id, takesCommand: false, takesPrompt: true, definedIn: where, icon: null, iconProblem: null },
  presence: { kind: 'broken', why },
});

const viewOf = (
  { definition, where, icon }: Extract<ListedAgent, { readonly kind: 'ready' }>,
  presence: AgentPresence,
  home: string,
): AgentView => ({
  id: definition.id,
  name: definition.name,
  takesCommand: definition.takesCommand,
  takesPrompt: definition.promptDelivery !== 'none',
  presence,
  definedIn: where,
  ...shownIcon(readIcon(icon, home)),
});

const shownIcon = ({ icon, problem }: ReadIcon): Pick<AgentView, 'icon' | 'iconProblem'> => ({
  icon,
  iconProblem: problem,
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
