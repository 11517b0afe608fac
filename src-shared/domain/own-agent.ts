// An agent that a person defines in config.yaml, below `agents`: which program it is, how it is started, and what its screen tells.
import { z } from 'zod';
import { commandWords } from './command-words.ts';

/** A word for a program. What stands in braces is filled in; no shell reads it. */
const wordSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(2000)
  .refine((word) => !word.includes('\0'), 'must have no zero character');
const words = (holes: readonly string[]) =>
  z
    .array(wordSchema)
    .max(40)
    .superRefine((list, context) => {
      const used = list.flatMap((word) => [...word.matchAll(/\{([a-z]{1,40})\}/gu)].map(([, name = '']) => name));
      const unknown = used.find((name) => !holes.includes(name));
      if (unknown !== undefined)
        context.addIssue(`knows no {${unknown}}${holes.length === 0 ? '' : `, only {${holes.join('}, {')}}`}`);
      const missing = holes.find((name) => !used.includes(name));
      if (missing !== undefined) context.addIssue(`must have {${missing}} in one of its words`);
    });

/** Looked for on the login shell's PATH, or absolute: a relative one would be another program in each worktree. */
const commandSchema = z
  .union(
    [
      z.array(wordSchema).min(1).max(40),
      z
        .string()
        .max(2000)
        .transform((line, context) => {
          const split = commandWords(line);
          if (split !== null && split.length > 0) return [...split];
          context.addIssue('no shell reads it: write it as a list of words');
          return z.NEVER;
        }),
    ],
    'must be a list of words, or one line',
  )
  .refine(
    ([program = '']) => /^(?:\/|[A-Za-z]:[\\/])|^[^/\\]+$/u.test(program),
    'must be a name on the PATH or an absolute path',
  );

const patternSchema = z.string().min(1).max(300);
const variableSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/u, 'is no name of a variable')
  .refine(
    (name) => !/^(?:ATHENE_|AO_)/u.test(name) && !/^(?:PATH|HOME|SHELL|LD_PRELOAD)$/u.test(name),
    'is not set by an agent’s definition',
  );

/** Those that the screens have. */
export const agentIcons = [
  'bot',
  'terminal',
  'code',
  'cpu',
  'zap',
  'wrench',
  'flask',
  'rocket',
  'cat',
  'bird',
] as const;
export const agentColours = ['grey', 'blue', 'green', 'amber', 'red', 'violet'] as const;

export const agentIconSchema = z.union([
  z.strictObject({ name: z.enum(agentIcons) }),
  z.strictObject({
    letters: z.string().regex(/^[\p{L}\p{N}]{1,2}$/u, 'must be one or two letters'),
    colour: z.enum(agentColours).default('grey'),
  }),
  z.strictObject({
    file: z
      .string()
      .max(1000)
      .regex(/^(?:~\/|\/|[A-Za-z]:[\\/]).*\.(?:png|svg)$/iu, 'must be an absolute path of a .png or .svg file'),
  }),
]);
export type AgentIcon = z.infer<typeof agentIconSchema>;

/** As a screen gets it: a picture stands in it. */
export const shownIconSchema = z.union([
  z.strictObject({ name: z.enum(agentIcons) }),
  z.strictObject({ letters: z.string().max(8), colour: z.enum(agentColours) }),
  z.strictObject({
    image: z
      .string()
      .max(100_000)
      .regex(/^data:image\/(?:png|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/),
  }),
]);
export type ShownIcon = z.infer<typeof shownIconSchema>;

/** Of the first two words of a name, else its first two letters. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ['?'];
  const letters =
    words.length > 1 ? words.slice(0, 2).map((word) => [...word][0] ?? '') : [...(words[0] ?? '')].slice(0, 2);
  return letters.join('').toUpperCase();
}

export const ownAgentIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/u, 'must have 1-40 small letters, digits and -');

export const ownAgentSchema = z
  .strictObject({
    name: z.string().min(1).max(60).optional(),
    command: commandSchema,
    versionArguments: words([]).default(['--version']),
    /** Shown where the program is missing. */
    install: z.string().max(300).optional(),
    promptDelivery: z.enum(['argument', 'typed', 'none']).default('typed'),
    promptArguments: words(['prompt']).default(['--', '{prompt}']),
    permissionlessArguments: words([]).default([]),
    askArguments: words([]).default([]),
    modelArguments: words(['model']).optional(),
    /** Not there: what it is told of how to work here stands before its first prompt. */
    systemPromptArguments: words(['file']).optional(),
    /** How it is told under which id its conversation is to be kept; not there: it can't be. */
    conversationArguments: words(['conversation']).optional(),
    /** How it goes on with exactly that conversation. */
    resumeArguments: words(['conversation']).optional(),
    env: z.record(variableSchema, z.string().max(4000)).default({}),
    titles: z.strictObject({ works: patternSchema, rests: patternSchema.optional() }).optional(),
    /** Its line for input. */
    inputRow: patternSchema.optional(),
    questions: z
      .strictObject({ digits: z.enum(['take', 'mark']).optional(), command: patternSchema.optional() })
      .optional(),
    icon: agentIconSchema.optional(),
  })
  .refine(
    ({ conversationArguments, resumeArguments }) =>
      conversationArguments === undefined || resumeArguments !== undefined,
    {
      path: ['resumeArguments'],
      message: 'is missing: how does it go on with the conversation whose id it was told?',
    },
  );
export type OwnAgent = z.infer<typeof ownAgentSchema>;
