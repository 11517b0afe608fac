// What a project's worktrees need before an agent can work in them, and how far that has come in one of them.
import { z } from 'zod';
import { filePatternSchema } from './file-pattern.ts';
import { isPlainText } from './identifier.ts';

const mostFiles = 100;
const mostCommands = 50;

/** One line for a person's shell. */
const commandSchema = z
  .string()
  .trim()
  .min(1)
  .max(4096)
  .refine((text) => isPlainText(text) && !/[\n\u2028\u2029]/.test(text), 'must be one printable line');

const fields = {
  copy: z.array(filePatternSchema).max(mostFiles),
  link: z.array(filePatternSchema).max(mostFiles),
  setUp: z.array(commandSchema).max(mostCommands),
  tearDown: z.array(commandSchema).max(mostCommands),
};

/** As a project's entry in config.yaml may have it. */
export const workFields = {
  /** Files of the project's own checkout that are copied into a new worktree, or linked there. */
  copy: fields.copy.optional(),
  link: fields.link.optional(),
  /** Commands that run in it, in this order, before the agent starts. */
  setUp: fields.setUp.optional(),
  /** Commands that run in it before it is removed. */
  tearDown: fields.tearDown.optional(),
  /** What `athene session run` starts: a server, mostly. */
  run: commandSchema.optional(),
};

/** The same with nothing left out. */
export const projectWorkSchema = z.strictObject({ ...fields, run: commandSchema.nullable() });
export type ProjectWork = z.infer<typeof projectWorkSchema>;

export const noWork: ProjectWork = { copy: [], link: [], setUp: [], tearDown: [], run: null };

export const workOf = (entry: {
  readonly [Name in keyof ProjectWork]?: ProjectWork[Name] | undefined;
}): ProjectWork => ({
  copy: entry.copy ?? [],
  link: entry.link ?? [],
  setUp: entry.setUp ?? [],
  tearDown: entry.tearDown ?? [],
  run: entry.run ?? null,
});

/** Written by the host before the terminal starts, and from then on by the script in it. */
export const setUpStateSchema = z.strictObject({
  /** `passed-over`: it failed, and the person started the agent all the same. `left`: the agent was never started. */
  state: z.enum(['running', 'failed', 'done', 'passed-over', 'left']),
  /** From 1. */
  step: z.int().nonnegative(),
  of: z.int().nonnegative(),
  command: z.string().max(4096),
  /** Exit code of the command that failed. */
  code: z.int().nullable(),
});
export type SetUpState = z.infer<typeof setUpStateSchema>;

/** The agent has not been started yet. */
export const isUnderWay = (setUp: SetUpState | null): setUp is SetUpState =>
  setUp !== null && (setUp.state === 'running' || setUp.state === 'failed');

export function setUpText({ state, step, of, command, code }: SetUpState): string {
  const which = `${step} of ${of}`;
  if (state === 'running') return `Setting up (${which}): ${command}`;
  if (state === 'done') return 'Set up.';
  const failed = `Set-up failed at ${which} (${command}, exit ${code ?? 'unknown'})`;
  if (state === 'failed') return `${failed}; it asks in its terminal how to go on.`;
  return state === 'left' ? `${failed}; the agent was not started.` : `${failed}; the agent was started all the same.`;
}
