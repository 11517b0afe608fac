// Files of the spool that are no events: put aside, so that they block nobody and can be looked at. The oldest make room.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { HomePaths } from '../storage/paths.ts';
import { ensureDirectory, listDirectory, probePath, removeDirectory, removeFile, renameFile } from '../lib/files.ts';

/** Files in `spool/rejected`. */
const mostRejected = 100;

export const rejectedDirectory = (paths: HomePaths): string => join(paths.spool, 'rejected');

export async function setAside(paths: HomePaths, file: string): Promise<void> {
  const place = rejectedDirectory(paths);
  // What is laid in its way would keep every bad file in the spool.
  if (!['directory', 'absent'].includes(probePath(place).kind)) removeFile(place);
  ensureDirectory(place);
  await makeRoom(place);
  if (probePath(join(paths.spool, file)).kind === 'absent') return;
  // A name of its own, so that nothing that lies there is in the way; short enough, whatever the file's was.
  renameFile(join(paths.spool, file), join(place, `${file.slice(0, 40)}.${randomBytes(4).toString('hex')}`));
}

/** @param before milliseconds since the epoch: what was written earlier is of no use to anybody */
export async function forgetRejected(paths: HomePaths, before: number): Promise<void> {
  const place = rejectedDirectory(paths);
  for (const { name, at } of byAge(place)) if (at < before) await remove(place, name);
}

async function makeRoom(place: string): Promise<void> {
  const all = byAge(place);
  for (const { name } of all.slice(0, Math.max(0, all.length - mostRejected + 1))) await remove(place, name);
}

const byAge = (place: string) =>
  listDirectory(place)
    .map((name) => {
      const probe = probePath(join(place, name));
      return { name, at: 'modifiedAt' in probe ? probe.modifiedAt : Infinity };
    })
    .toSorted((a, b) => a.at - b.at);

async function remove(place: string, name: string): Promise<void> {
  const path = join(place, name);
  if (probePath(path).kind === 'directory') await removeDirectory(path, place);
  else removeFile(path);
}
