// Where a session's files live: what it can be, what is on record of it, and what a spawn asks for.
import { z } from 'zod';

/** What a person can choose. */
export const chosenWorkspaceKindSchema = z.enum(['worktree', 'clone', 'in-place', 'adopted']);
export type ChosenWorkspaceKind = z.infer<typeof chosenWorkspaceKindSchema>;

/**
 * `worktree` and `clone` are made by Athene and may be removed. `in-place` is the project's own checkout, `adopted` a worktree that somebody
 * else made: those are never removed, and no branch is switched in them. `scratch` is a plain directory of Athene's for whoever leads over
 * several projects: it stays as long as something is in it.
 */
export const workspaceKindSchema = z.enum([...chosenWorkspaceKindSchema.options, 'scratch']);
export type WorkspaceKind = z.infer<typeof workspaceKindSchema>;

/** Made by Athene, so that it may be set up, torn down and removed. */
export const isOwnWorkspace = (kind: WorkspaceKind): boolean =>
  kind === 'worktree' || kind === 'clone' || kind === 'scratch';

/** `detached`: its HEAD stands on no branch. `gone`: there is nothing at its path any more. */
export const workspaceSightSchema = z.enum(['detached', 'gone']);
export type WorkspaceSight = z.infer<typeof workspaceSightSchema>;

export const workspaceRecordSchema = z.strictObject({
  path: z.string().max(4096),
  /** Null in a checkout whose HEAD is on no branch. */
  branch: z.string().max(255).nullable(),
  baseCommit: z.string().max(64),
  branchCreated: z.boolean(),
  kind: workspaceKindSchema.default('worktree'),
  /** What git or somebody else did to it while its agent lived; not there while it is as it should be. */
  sight: workspaceSightSchema.optional(),
});

/** Decided with the claim, before anything is made: two sessions are not put into one place by accident. */
export const workspacePlaceSchema = z.strictObject({ kind: workspaceKindSchema, path: z.string().max(4096) });
export type WorkspacePlace = z.infer<typeof workspacePlaceSchema>;

export const workspaceChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('worktree') }),
  z.strictObject({ kind: z.literal('clone') }),
  /** `alongside`: also when another session works in the same checkout. */
  z.strictObject({ kind: z.literal('in-place'), alongside: z.boolean() }),
  z.strictObject({ kind: z.literal('adopted'), path: z.string().min(1).max(4096) }),
]);
export type WorkspaceChoice = z.infer<typeof workspaceChoiceSchema>;

const around = {
  project: z.object({ id: z.string(), path: z.string(), defaultBranch: z.string() }),
  session: z.string(),
};
/** What a keeper is asked for, and what stands in journals. Those of before there were kinds ask for a worktree. */
export const workspaceRequestSchema = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && !('kind' in value) ? { ...value, kind: 'worktree' } : value,
  z.discriminatedUnion('kind', [
    z.object({ ...around, kind: z.enum(['worktree', 'clone']), branch: z.string(), base: z.string().nullable() }),
    z.object({ ...around, kind: z.enum(['in-place', 'adopted', 'scratch']), path: z.string() }),
  ]),
);

/** For a person, before it begins; null where nothing of theirs can be touched. */
export function warningOf(kind: WorkspaceKind, path: string): string | null {
  if (kind === 'in-place')
    return `It works in your own checkout ${path}: what it changes is changed there, and Athene puts nothing aside.`;
  if (kind === 'adopted') return `It works in ${path}, which Athene did not make and never removes.`;
  return null;
}
