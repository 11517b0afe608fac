// Names of repositories as configuration and addresses write them: `host/owner/name`, or `owner/name` of github.com.

export interface RepositoryName {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

/** Null for what can't be a repository of a code host. */
export function parseRepositoryName(text: string): RepositoryName | null {
  const parts = text.replace(/\.git$/, '').split('/');
  const [host, owner, name] = parts.length === 2 ? ['github.com', ...parts] : parts;
  if (parts.length > 3 || host === undefined || owner === undefined || name === undefined) return null;
  const usable = /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(host) && [owner, name].every((part) => /^[\w.-]+$/.test(part));
  return usable && ![owner, name].some((part) => /^[.-]/.test(part) && part !== '.github')
    ? { host, owner, name }
    : null;
}

export const fullName = ({ host, owner, name }: RepositoryName): string => `${host}/${owner}/${name}`;

export const sameRepository = (a: RepositoryName, b: RepositoryName): boolean =>
  fullName(a).toLowerCase() === fullName(b).toLowerCase();
