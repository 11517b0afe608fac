// Copies and links files of the project's own checkout into a workspace that was made for a session, and takes them back.
import { dirname, join } from 'node:path';
import type { ProjectWork } from '#shared/domain/set-up.ts';
import {
  copyNew,
  isBeginningOf,
  linkNew,
  makeDirectories,
  probePath,
  readLinkIfThere,
  realPathIfThere,
  removeFile,
} from '../../lib/files.ts';
import { findFiles } from './find-files.ts';

export interface Bringing {
  readonly checkout: string;
  readonly workspace: string;
  readonly work: Pick<ProjectWork, 'copy' | 'link'>;
}

export interface Brought {
  /** Relative paths of what is there now. */
  readonly paths: readonly string[];
  /** One line each, for a person. */
  readonly lines: readonly string[];
}

/** What is there already is never touched; one file that can't be brought keeps no other back. */
export function bringFiles(bringing: Bringing): Brought {
  const { checkout, work } = bringing;
  const [copies, links] = [findFiles(checkout, work.copy), findFiles(checkout, work.link)];
  const lines = [...copies.notes, ...links.notes].map((note) => `Passed over ${note}`);
  const paths: string[] = [];
  for (const [verb, path] of [...copies.paths.map(asCopy), ...links.paths.map(asLink)]) {
    const obstacle = bringOne(bringing, verb, path);
    lines.push(obstacle === null ? `${verb} ${path}` : `Passed over ${path}: ${obstacle}`);
    if (obstacle === null) paths.push(path);
  }
  return { paths, lines };
}

type Verb = 'Copied' | 'Linked';
const asCopy = (path: string): readonly [Verb, string] => ['Copied', path];
const asLink = (path: string): readonly [Verb, string] => ['Linked', path];

/** Null when it was brought. */
function bringOne({ checkout, workspace }: Bringing, verb: Verb, path: string): string | null {
  const [from, to] = [join(checkout, path), join(workspace, path)];
  try {
    if (verb === 'Copied' && probePath(from).kind !== 'file') return 'it is no plain file, so it can only be linked';
    if (probePath(to).kind !== 'absent') return 'it is there already';
    const stray = placeBelow(workspace, dirname(to));
    if (stray !== null) return stray;
    makeDirectories(dirname(to));
    if (verb === 'Copied') copyNew(from, to);
    else linkNew(from, to);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A directory of the workspace may be a link that the repository holds: nothing is written through it. */
function placeBelow(workspace: string, directory: string): string | null {
  if (directory === workspace) return null;
  const { kind } = probePath(directory);
  if (kind === 'absent') return placeBelow(workspace, dirname(directory));
  return kind === 'directory' && realPathIfThere(directory) === directory
    ? null
    : 'its directory in the worktree is no real one';
}

/** Only what is still as it was brought, or half brought: it holds nothing that the checkout does not hold. */
export function takeBackFiles({ checkout, workspace, work }: Bringing): void {
  for (const path of findFiles(checkout, work.copy).paths) {
    const to = join(workspace, path);
    if (placeBelow(workspace, dirname(to)) === null && isBeginningOf(to, join(checkout, path))) removeFile(to);
  }
  for (const path of findFiles(checkout, work.link).paths) {
    const to = join(workspace, path);
    if (placeBelow(workspace, dirname(to)) === null && readLinkIfThere(to) === join(checkout, path)) removeFile(to);
  }
}
