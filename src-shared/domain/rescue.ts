// A snapshot of work that a removal would have lost: a commit under refs/athene/rescue/<session>/<n> of the project's repository.
import { z } from 'zod';
import { timestampSchema } from './identifier.ts';

/** Days for which a snapshot is kept. */
export const rescueRetention = 30;

export const rescueSchema = z.strictObject({
  project: z.string(),
  session: z.string(),
  ref: z.string(),
  commit: z.string(),
  /** Milliseconds since the epoch. */
  at: timestampSchema,
  /** Files that differ from the commit it stands on. */
  files: z.int().nonnegative(),
});
export type Rescue = z.infer<typeof rescueSchema>;

/** What hangs on a snapshot's commit beside its own files; each is a commit. */
export interface RescueParts {
  /** Where HEAD was; null on a branch without a commit. */
  readonly base: string | null;
  /** What was staged, when that was neither HEAD nor the files. */
  readonly staged: string | null;
  /** Files that git stores otherwise than they were, byte for byte. */
  readonly raw: string | null;
  /** Commits that no branch held. */
  readonly abandoned: readonly string[];
}

export const parentsOf = ({ base, staged, raw, abandoned }: RescueParts): readonly string[] =>
  [base, staged, raw, ...abandoned].filter((commit) => commit !== null);

/** The commit's message, which says what each parent is. */
export const rescueMessage = (session: string, { base, staged, raw, abandoned }: RescueParts): string =>
  [
    `Rescue of session ${session}`,
    '',
    ...[['base', base] as const, ['staged', staged] as const, ['raw', raw] as const].flatMap(([name, commit]) =>
      commit === null ? [] : [`${name} ${commit}`],
    ),
    ...abandoned.map((commit) => `abandoned ${commit}`),
    '',
  ].join('\n');

/** From message and parents. The first snapshots named no parts: HEAD was the first parent, what was staged the second. */
export function readRescueParts(message: string, parents: readonly string[]): RescueParts {
  const named = [...message.matchAll(/^(base|staged|raw|abandoned) ([0-9a-f]{40,64})$/gm)]
    .map(([, name = '', commit = '']) => ({ name, commit }))
    .filter(({ commit }) => parents.includes(commit));
  if (named.length === 0) return { base: parents[0] ?? null, staged: parents[1] ?? null, raw: null, abandoned: [] };
  const one = (name: string): string | null => named.find((part) => part.name === name)?.commit ?? null;
  const abandoned = named.filter(({ name }) => name === 'abandoned').map(({ commit }) => commit);
  return { base: one('base'), staged: one('staged'), raw: one('raw'), abandoned };
}
