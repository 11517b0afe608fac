// Names of repositories as configuration and addresses write them: `host/owner/name`, or `owner/name` of the code host's own site.

export interface RepositoryName {
  readonly host: string;
  /** At GitLab it may be a group in groups: `group/sub`. */
  readonly owner: string;
  readonly name: string;
}

/** Null for what can't be a repository of a code host. */
export function parseRepositoryName(text: string): RepositoryName | null {
  const parts = partsOf(text);
  return parts.length > 3 ? null : named(parts.length === 2 ? ['github.com', ...parts] : parts);
}

/** The same at GitLab, where groups lie in groups: what comes first is a host when it has a dot. */
export function parseGitLabName(text: string): RepositoryName | null {
  const parts = partsOf(text);
  const hasHost = parts.length > 2 && parts[0]?.includes('.') === true;
  return named(hasHost ? parts : ['gitlab.com', ...parts]);
}

/** A host that says by its name whose it is. */
export function isGitLab(repo: string): boolean {
  const [host = '', ...path] = partsOf(repo);
  return path.length > 1 && host.includes('.') && host.toLowerCase().includes('gitlab');
}

const partsOf = (text: string): readonly string[] => text.replace(/\.git$/, '').split('/');

function named([host = '', ...path]: readonly string[]): RepositoryName | null {
  const usable = /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(host) && path.length > 1 && path.every(isUsable);
  return usable ? { host, owner: path.slice(0, -1).join('/'), name: path.at(-1) ?? '' } : null;
}

const isUsable = (part: string): boolean => /^[\w.-]+$/.test(part) && (!/^[.-]/.test(part) || part === '.github');

export const fullName = ({ host, owner, name }: RepositoryName): string => `${host}/${owner}/${name}`;

export const sameRepository = (a: RepositoryName, b: RepositoryName): boolean =>
  fullName(a).toLowerCase() === fullName(b).toLowerCase();
