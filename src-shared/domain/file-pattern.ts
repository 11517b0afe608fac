// Which files of a project are brought into its worktrees: relative paths, with `*` and `?` within one part. Pure.
import { z } from 'zod';
import { isPlainText } from './identifier.ts';

/** Null when the text can be a pattern; else why not. */
export function patternFault(pattern: string): string | null {
  if (!isPlainText(pattern) || /[\n\t\\\0]/.test(pattern)) return 'must be one printable line without \\';
  if (/^(?:\/|~|[A-Za-z]:)/.test(pattern)) return 'must be relative to the project';
  const parts = pattern.split('/');
  if (parts.includes('') || parts.includes('.') || parts.includes('..'))
    return 'must not have empty parts, "." or ".."';
  if (parts[0]?.toLowerCase() === '.git') return "must not name git's own files";
  if (pattern.includes('**')) return 'can have * only within one part of the path';
  return null;
}

export const filePatternSchema = z
  .string()
  .min(1)
  .max(300)
  .superRefine((pattern, context) => {
    const fault = patternFault(pattern);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });

export const isLiteral = (part: string): boolean => !/[*?]/.test(part);

/** One part of a path against one part of a pattern. As in shells, `*` and `?` do not stand for a leading dot. */
export function matchesPart(name: string, part: string): boolean {
  if (name.startsWith('.') && !part.startsWith('.')) return false;
  return matchFrom(name, part);
}

/** Greedy with one step back: never more than length × length, whatever the pattern. */
function matchFrom(name: string, part: string): boolean {
  let [at, inPart, star, resume] = [0, 0, -1, 0];
  while (at < name.length) {
    if (part[inPart] === '?' || (part[inPart] === name[at] && part[inPart] !== '*')) {
      at += 1;
      inPart += 1;
    } else if (part[inPart] === '*') {
      star = inPart;
      resume = at;
      inPart += 1;
    } else if (star >= 0) {
      inPart = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  return /^\**$/.test(part.slice(inPart));
}
