// What a waiting agent asks, as data: enough to show it without its terminal, and to answer exactly that.
import { z } from 'zod';
import { lineSchema, timestampSchema, uuidSchema } from './identifier.ts';

/** `permission`: may it do this? `trust`: of its directory. `choice`: one of several. `text`: whatever somebody types. */
const questionKindSchema = z.enum(['permission', 'trust', 'choice', 'text']);

/** What a choice means, where that is known: only then may a place that shows no more than a button offer it. */
const choiceMeaningSchema = z.enum(['allow-once', 'allow-session', 'allow-always', 'deny', 'other']);
export type ChoiceMeaning = z.infer<typeof choiceMeaningSchema>;

export const choiceNumberSchema = z.int().min(1).max(99);
export const textAnswerSchema = z.string().min(1).max(10_000);

const choiceSchema = z.strictObject({
  /** Its number from 1, by which it is chosen. */
  number: choiceNumberSchema,
  label: lineSchema(200),
  meaning: choiceMeaningSchema,
  /** Exactly what is typed into the terminal for it: printable characters, and a few keys of their own (`\r`, `\u001b`, arrows). */
  keys: z.string().min(1).max(200),
});
export type Choice = z.infer<typeof choiceSchema>;

/** What is unusual about a command that somebody is asked to allow, as words on the screen. */
const unusualSchema = z.enum(['deletes', 'network', 'outside-worktree', 'privileged']);
export type Unusual = z.infer<typeof unusualSchema>;

/** What was found on a screen or told by a hook, before anybody has given it an id. */
export const foundQuestionSchema = z.strictObject({
  kind: questionKindSchema,
  /** What it asks, in one line of printable text. */
  text: lineSchema(300),
  /** What it wants to do; null when it does not ask for permission, or does not say. */
  tool: lineSchema(80).nullable(),
  /** A command, or the file it wants to change; printable, cut. */
  command: z.string().max(2000).nullable(),
  cwd: z.string().max(1000).nullable(),
  unusual: z.array(unusualSchema),
  /** Empty: it is not known what could be typed; only the terminal itself answers. */
  choices: z.array(choiceSchema).max(20),
  /** Free text, followed by Enter, is an answer. */
  takesText: z.boolean(),
});
export type FoundQuestion = z.infer<typeof foundQuestionSchema>;

export const askedQuestionSchema = foundQuestionSchema.extend({
  /** By which it is answered: an answer to another one sends nothing. */
  id: uuidSchema,
  /** Who told of it. `screen` alone is a guess. */
  source: z.enum(['hook', 'screen', 'both']),
  at: timestampSchema,
});
export type AskedQuestion = z.infer<typeof askedQuestionSchema>;

/** One of its choices, or a text where it takes one. */
export type Answer = { readonly choice: number } | { readonly text: string };
