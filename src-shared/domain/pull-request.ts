// A pull request as a code host tells of it, and how people refer to one.
import { z } from 'zod';
import { isSafeBranch } from './branch.ts';
import { lineSchema } from './identifier.ts';
import { parseGitLabName, parseRepositoryName, sameRepository, type RepositoryName } from './repository-name.ts';

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
export const readReference = (text: string, repository: RepositoryName): string | null =>
  read(text, repository, {
    number: /^#?([1-9]\d{0,8})$/,
    address: /^https:\/\/([^/\s]+\/[^/\s]+\/[^/\s]+)\/pull\/([1-9]\d{0,8})(?:[/?#]\S*)?$/,
    parse: parseRepositoryName,
  });

/** The same at GitLab, where people write `!88`. */
export const readMergeRequestReference = (text: string, repository: RepositoryName): string | null =>
  read(text, repository, {
    number: /^[#!]?([1-9]\d{0,8})$/,
    address: /^https?:\/\/([^/\s]+(?:\/[^/\s]+){2,}?)\/-\/merge_requests\/([1-9]\d{0,8})(?:[/?#]\S*)?$/,
    parse: parseGitLabName,
  });

interface Writing {
  readonly number: RegExp;
  readonly address: RegExp;
  readonly parse: (name: string) => RepositoryName | null;
}

function read(text: string, repository: RepositoryName, { number, address, parse }: Writing): string | null {
  const trimmed = text.trim();
  const bare = number.exec(trimmed)?.[1];
  if (bare !== undefined) return bare;
  const parts = address.exec(trimmed);
  if (parts === null) return isSafeBranch(trimmed) ? trimmed : null;
  const named = parse(parts[1] ?? '');
  return named !== null && sameRepository(named, repository) ? (parts[2] ?? null) : null;
}
