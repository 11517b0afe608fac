// A pull request as a code host tells of it, and how people refer to one.
import { z } from 'zod';
import { isSafeBranch } from './branch.ts';
import { lineSchema } from './identifier.ts';
import { parseRepositoryName, sameRepository, type RepositoryName } from './repository-name.ts';

export const pullRequestStateSchema = z.enum(['open', 'merged', 'closed']);
export type PullRequestState = z.infer<typeof pullRequestStateSchema>;

export const pullRequestSchema = z.strictObject({
  number: z.int().positive(),
  title: lineSchema(600),
  url: z.string().max(2000),
  state: pullRequestStateSchema,
  draft: z.boolean(),
  /** Name of the branch that it brings. */
  branch: z.string().max(255),
});
export type PullRequest = z.infer<typeof pullRequestSchema>;

/**
 * `88`, `#88`, its address, or the name of its branch, as what a code host may be asked for; null when it is none of these or the address is
 * of another repository.
 */
export function readReference(text: string, repository: RepositoryName): string | null {
  const trimmed = text.trim();
  const number = /^#?([1-9]\d{0,8})$/.exec(trimmed)?.[1];
  if (number !== undefined) return number;
  const address = /^https:\/\/([^/\s]+\/[^/\s]+\/[^/\s]+)\/pull\/([1-9]\d{0,8})(?:[/?#]\S*)?$/.exec(trimmed);
  if (address === null) return isSafeBranch(trimmed) ? trimmed : null;
  const named = parseRepositoryName(address[1] ?? '');
  return named !== null && sameRepository(named, repository) ? (address[2] ?? null) : null;
}
