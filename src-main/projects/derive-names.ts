// Ids and session prefixes made from a directory's name, free of what others have, whatever the case.

/** `My App.git` becomes `My-App`; a name without any usable letter becomes `project`. Numbered until it is free. */
export function deriveProjectId(baseName: string, taken: readonly string[]): string {
  const plain = baseName
    .replace(/\.git$/i, '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 56);
  return firstFree(isReserved(plain) || plain === '' ? 'project' : plain, taken);
}

/** Windows opens devices by these names. */
const isReserved = (name: string): boolean => /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name);

/**
 * At most four characters: as they are, in lower case; two capitals or more: those; parts joined by `-` or `_`: their initials; else
 * the first three letters. Numbered until it is free.
 */
export function derivePrefix(baseName: string, taken: readonly string[]): string {
  const name = baseName.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+|[-_]+$/g, '');
  const capitals = name.replace(/[^A-Z]/g, '');
  const parts = name.split(/[-_]+/);
  const derived =
    name.length <= 4
      ? name
      : capitals.length > 1
        ? capitals
        : parts.length > 1
          ? parts.map((part) => part[0]).join('')
          : name.slice(0, 3);
  const plain = derived.toLowerCase().slice(0, 16);
  return firstFree(/^[a-z0-9]/.test(plain) ? plain : 'p', taken);
}

function firstFree(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((each) => each.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}${/\d$/.test(name) ? '-' : ''}${number}`;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}
