// The path of a dropped file as one word of a command line: typed, never run, whatever its name holds.

export type PathStyle = 'posix' | 'windows';

/** Null for a path that no quotes make safe in every shell of that kind, and for an empty one. */
export function quotedPath(path: string, style: PathStyle): string | null {
  if (path === '') return null;
  return style === 'windows' ? windowsWord(path) : posixWord(path);
}

/** What a terminal or a reader would take for something else: controls, line ends, marks that turn the direction. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unshowable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const plainPosix = /^[\w@%+=:,./-]+$/;

function posixWord(path: string): string {
  if (path.search(unshowable) !== -1) return ansiWord(path);
  return plainPosix.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** Of bash, zsh and ksh: the one kind of quotes that can name such a character without holding it. */
function ansiWord(path: string): string {
  const named = path
    .replace(/[\\']/g, String.raw`\$&`)
    .replace(unshowable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `$'${named}'`;
}

const plainWindows = /^[\w@+=:,.\\/~-]+$/;
/** PowerShell runs these inside of double quotes, cmd these inside of single ones. */
const [runsInDouble, runsInSingle] = [/[$`]/, /[&|<>^%]/];

function windowsWord(path: string): string | null {
  if (path.search(unshowable) !== -1 || path.includes('"')) return null;
  if (plainWindows.test(path)) return path;
  if (!runsInDouble.test(path)) return `"${path}"`;
  return runsInSingle.test(path) ? null : `'${path.replaceAll("'", "''")}'`;
}
