// Strings that somebody might have put into an id, a title, a branch, a path: each of them once broke something somewhere.
import { seed, wholeRun } from '../fault-plan.ts';

/** @param marker path of a file that a shell would make if one saw these; @param outside a directory that nobody may touch */
export const hostileStrings = (marker: string, outside: string): readonly string[] => [
  '../../escape',
  '..',
  '.',
  '/',
  `${outside}/file`,
  `../../../..${outside}/file`,
  '-x',
  '--hostile-option',
  `--upload-pack=touch ${marker} --hostile`,
  `--exec=touch ${marker} --hostile`,
  'a\u0000b',
  'a\nb',
  'a\rb',
  'a\u001b]0;title\u0007b',
  `$(touch ${marker})`,
  `\`touch ${marker}\``,
  `; touch ${marker}`,
  `| touch ${marker} &`,
  `' || touch ${marker} || '`,
  `" && touch ${marker} && "`,
  `ext::sh -c touch% ${marker}`,
  `file://${outside}`,
  '%2e%2e%2f%2e%2e%2fescape',
  'CON',
  'nul.txt',
  'trailing.',
  'trailing ',
  ' leading',
  'x'.repeat(300),
  'é'.repeat(200),
  'Repo-1',
  'DEMO',
  'é',
  'e\u0301',
  'a\u202eb',
  '\u2066a\u2069',
  '🦉',
  '\ud800',
  '.hidden',
  '.git',
  '_meta',
  '__proto__',
  'constructor',
  'HEAD',
  '@{-1}',
  'refs/heads/main',
  'a..b',
  'a.lock',
  '{{x}}',
  '%s%n',
  '',
  '*',
  '~',
  '$HOME',
];

let turn = seed;

/** Some of them, others for each caller; all with `ATHENE_ALL_FAULTS=1`. */
export function some<T>(all: readonly T[], count: number): readonly T[] {
  if (wholeRun || all.length <= count) return all;
  turn += 7;
  return Array.from({ length: count }, (_, n) => all[(turn + n * Math.ceil(all.length / count)) % all.length] as T);
}

/** Printed, so that a run can be had again. */
export const runName = wholeRun ? 'all of them' : `ATHENE_SEED=${seed}`;
