// What somebody else writes, or what the system tells of a process, at any moment.
import { readFileSync } from 'node:fs';

/** Empty when there is no such file: not yet, or no longer, since a process may end between two looks. */
export function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // Gone, or another person's.
  }
}
