// Issues as people write them, and the one normal form by which a claim is unique.

const issueUrl =
  /^(?:https?:\/\/)?([a-z0-9.-]+)\/([^/\s]+(?:\/[^/\s]+)+?)\/(?:-\/)?(?:issues|work_items)\/([a-z0-9_-]+)\/?(?:[?#].*)?$/u;

/**
 * Trim, NFC, case-fold, one leading `#` off; `…/issues/N` is `N` when its repository is the project's or the project's is
 * not known, else `host/owner/repo#N`. Null when nothing is left, or when it could not be an issue (control characters, over 200 characters).
 * @param repository `owner/repo` or `host/owner/repo` of the project, in any case.
 */
export function normaliseIssue(raw: string, repository: string | null): string | null {
  const folded = raw.trim().normalize('NFC').toLowerCase().normalize('NFC');
  if (folded.length > 200 || /[\p{C}\p{Zl}\p{Zp}]/u.test(folded)) return null;
  const fromUrl = issueUrl.exec(folded);
  if (fromUrl !== null) return fromRepository(fromUrl[1] ?? '', fromUrl[2] ?? '', fromUrl[3] ?? '', repository);
  const bare = folded.replace(/^#/, '').replace(/\/+$/, '').trim();
  return bare === '' ? null : bare;
}

function fromRepository(host: string, path: string, number: string, repository: string | null): string {
  const own = repository?.toLowerCase().replace(/\.git$/, '');
  const isOwn = own === undefined || own === path || own === `${host}/${path}`;
  return isOwn ? number : `${host}/${path}#${number}`;
}
