// Branch names that Athene makes, and the check for those that people and trackers hand in.

/** What `git check-ref-format --branch` accepts, narrowed: no leading dash or dot, at most 200 bytes, printable ASCII. */
export function isSafeBranch(name: string): boolean {
  return (
    /^[A-Za-z0-9][A-Za-z0-9._/+-]{0,199}$/.test(name) &&
    !/\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$/.test(name) &&
    name.toUpperCase() !== 'HEAD'
  );
}

/**
 * The branch of a session: one asked for, else the one of the tracker, else `feat/<issue>` when the issue can be a branch's last part, else its slug, else
 * `session/<id>`.
 * @param issue the issue's normal form
 */
export function branchFor({
  asked,
  tracked = null,
  issue,
  session,
}: {
  asked: string | null;
  /** What a tracker calls it: used only when it is safe. */
  tracked?: string | null;
  issue: string | null;
  session: string;
}): string {
  if (asked !== null) return asked;
  if (tracked !== null && isSafeBranch(tracked)) return tracked;
  if (issue === null) return `session/${session}`;
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(issue) && isSafeBranch(`feat/${issue}`)) return `feat/${issue}`;
  const slug = issue
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? `session/${session}` : `feat/${slug}`;
}
