// Session numbers that other machines have pushed: two machines on one remote then don't make the same branch.
import type { Git } from '../lib/git.ts';

/** Milliseconds. */
const cap = 5000;

/** Empty when the project has no remote, or when the remote does not answer in time. */
export async function remoteNumbers(
  git: Git,
  project: { readonly path: string; readonly sessionPrefix: string; readonly repo?: string | undefined },
): Promise<readonly number[]> {
  if (project.repo === undefined) return [];
  const pattern = `refs/heads/session/${project.sessionPrefix}-*`;
  const listed = await git.run(project.path, ['ls-remote', '--heads', 'origin', pattern], { timeoutMs: cap });
  return listed.ok ? numbersIn(listed.value, project.sessionPrefix) : [];
}

/** @param listing lines of `<object name> TAB <ref>` */
export function numbersIn(listing: string, prefix: string): readonly number[] {
  const head = `refs/heads/session/${prefix}-`;
  const refs = listing.split('\n').map((line) => line.split('\t')[1] ?? '');
  const numbers = refs.filter((ref) => ref.startsWith(head)).map((ref) => ref.slice(head.length));
  return [...new Set(numbers.filter((text) => /^[1-9]\d{0,8}$/.test(text)).map(Number))];
}
