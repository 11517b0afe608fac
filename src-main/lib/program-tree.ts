// Copies a tree of programs as its manifest says, and tells whether a copy is whole.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { faultPoint } from './fault-points.ts';
import { probePath, readTextIfThere, syncDirectory, writeFileAtomic } from './files.ts';
import { manifestName, parseManifest, type ProgramFile } from './program-manifest.ts';

/** Bytes. Node's program has 126 MB and takes 0.4 s to hash, which is too long for each start: its size must do. */
const hashedUpTo = 8 * 1024 * 1024;

/** What is wrong with the tree, in words; null when it is whole. `text` is its manifest. `limit` in bytes: of larger files the size must do. */
export async function flawOf(directory: string, text: string, limit = hashedUpTo): Promise<string | null> {
  if (readTextIfThere(join(directory, manifestName)) !== text) return `${manifestName} is missing or another`;
  for (const [path, wanted] of Object.entries(parseManifest(text).files)) {
    const flaw = await flawOfFile(join(directory, path), wanted, limit);
    if (flaw !== null) return `${path} ${flaw}`;
  }
  return null;
}

async function flawOfFile(path: string, wanted: ProgramFile, limit: number): Promise<string | null> {
  const probe = probePath(path);
  if (probe.kind === 'unknown') throw new Error(`Can't tell what ${path} is: ${probe.why}`);
  if (probe.kind !== 'file') return probe.kind === 'absent' ? 'is missing' : 'is no file';
  if (probe.size !== wanted.size) return `has ${probe.size} bytes instead of ${wanted.size}`;
  if (wanted.size > limit) return null;
  faultPoint('fs', 'read');
  return sha256(await readFile(path)) === wanted.sha256 ? null : 'has changed';
}

/** Into a directory that is not there yet. Every byte is on the disk when it resolves; the manifest is written last. */
export async function copyTree(from: string, to: string, text: string): Promise<void> {
  const files = Object.entries(parseManifest(text).files);
  const directories = new Set([to, ...files.map(([path]) => dirname(join(to, path)))]);
  for (const directory of directories) {
    faultPoint('fs', 'mkdir');
    await mkdir(directory, { recursive: true, mode: 0o700 });
  }
  for (const [path, wanted] of files) await copyVerified(join(from, path), join(to, path), wanted);
  for (const directory of directories) syncDirectory(directory);
  writeFileAtomic(join(to, manifestName), text);
}

/** Throws unless what was read is what the manifest says. */
async function copyVerified(from: string, to: string, wanted: ProgramFile): Promise<void> {
  faultPoint('fs', 'copy');
  const file = await open(to, 'wx', wanted.executable ? 0o700 : 0o600);
  try {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(from, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    if (hash.digest('hex') !== wanted.sha256) throw new Error(`${from} is not what its manifest says`);
    faultPoint('fs', 'fsync');
    await file.sync();
  } finally {
    await file.close();
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
