// An agent definition of others behind the port: what it says is checked once, what it launches each time.
import { z } from 'zod';
import { ownAgentIdSchema } from '#shared/domain/own-agent.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import type { AgentDefinition, Launch, LaunchContext } from '../agents/agent.ts';
import { saidBy } from './in-time.ts';

const wordsSchema = z
  .array(
    z
      .string()
      .max(200_000)
      .refine((word) => !word.includes('\0')),
  )
  .max(200);
const launchSchema = z.object({
  argv: wordsSchema.min(1),
  env: z
    .record(z.string().regex(/^(?!ATHENE_|AO_|PATH$|HOME$)[A-Za-z_]\w{0,99}$/u), z.string().max(100_000))
    .default({}),
  files: z
    .record(z.string().regex(/^(?!.*\.\.)[\w.-]{1,100}(?:\/[\w.-]{1,100}){0,4}$/u), z.string().max(2_000_000))
    .optional(),
});
const definitionSchema = z.object({
  id: ownAgentIdSchema,
  name: z.string().min(1).max(60),
  program: z.object({
    command: z.string().regex(/^[^/\\\0]{1,100}$/u, 'must be a name on the PATH'),
    versionArguments: wordsSchema.default(['--version']),
    install: z.string().max(300).default(''),
  }),
  promptDelivery: z.enum(['argument', 'typed', 'none']),
  systemPrompt: z.enum(['file', 'first-words']).optional(),
  assignsConversation: z.boolean().default(false),
});

/** @param taken ids that are in use. The problem is for people. */
export function guardAgent(made: unknown, taken: readonly string[]): Result<AgentDefinition, string> {
  try {
    return checked(made, taken);
  } catch (error) {
    return fail(saidBy(error));
  }
}

function checked(made: unknown, taken: readonly string[]): Result<AgentDefinition, string> {
  const parsed = definitionSchema.safeParse(made);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail(`its definition: ${[...(issue?.path ?? []).map(String), issue?.message ?? ''].join(': ')}`);
  }
  const { systemPrompt, ...definition } = parsed.data;
  if (taken.includes(definition.id)) return fail(`there is an agent called ${definition.id} already`);
  const { launch, resume } = made as { readonly launch?: unknown; readonly resume?: unknown };
  if (typeof launch !== 'function') return fail('its definition: launch: is no function');
  const launchBy = (method: unknown, context: LaunchContext): Launch | null =>
    launched(definition.id, () => Reflect.apply(method as (given: LaunchContext) => unknown, made, [context]));
  return ok({
    ...definition,
    ...(systemPrompt === undefined ? {} : { systemPrompt }),
    takesCommand: false,
    launch: (context) => launchBy(launch, context) ?? needed(definition.id),
    ...(typeof resume === 'function' ? { resume: (context) => launchBy(resume, context) } : {}),
  });
}

/** Throws what a person can read: a launch that can't be made ends that one spawn. */
function launched(id: string, make: () => unknown): Launch | null {
  let told: unknown;
  try {
    told = make();
  } catch (error) {
    throw new Error(`The plug-in agent ${id} could not say how it is launched: ${saidBy(error)}`, { cause: error });
  }
  if (told === null) return null;
  const parsed = launchSchema.safeParse(told);
  if (!parsed.success) throw new Error(`The plug-in agent ${id} launches something that can't be launched.`);
  const {
    argv: [program = '', ...args],
    env,
    files,
  } = parsed.data;
  return { argv: [program, ...args], env, ...(files === undefined ? {} : { files }) };
}

const needed = (id: string): never => {
  throw new Error(`The plug-in agent ${id} did not say how it is launched.`);
};
