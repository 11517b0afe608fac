// The screen to begin with: a checkpoint of the mirror where there is one, else the last output.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from '#main/lib/fault-points.ts';
import { decodeSize, terminalFrame } from '#shared/domain/terminal.ts';
import { decodeFrame } from '#shared/rpc/frame.ts';
import type { MirrorLink } from './mirror-link.ts';
import type { Ring } from './ring.ts';
import type { Snapshot } from './viewer.ts';

/** Bytes: a terminal that printed no more is replayed from its beginning, which is exact and needs no mirror. */
const shortOutput = 64 * 1024;
/** Bytes after a checkpoint that a viewer is asked to parse; checkpoints are made more often than that. */
const longestTail = 4 * 1024 * 1024;
/** Bytes replayed when there is no checkpoint to begin with. */
const bareTail = 256 * 1024;
/** Milliseconds for the mirror to make a fresh checkpoint. */
const freshTime = 300;

export interface SnapshotSource {
  readonly id: string;
  readonly ring: Ring;
  readonly directory: string;
  flush(): Promise<void>;
}

/** `memoryOnly`: what is on disk has a hole, so the bytes after the snapshot must be in the ring. */
export async function freshSnapshot(
  source: SnapshotSource,
  mirror: MirrorLink,
  memoryOnly: boolean,
): Promise<Snapshot> {
  const { ring, id, directory } = source;
  const oldest = memoryOnly ? ring.start : Math.max(0, ring.end - longestTail);
  if (ring.end <= shortOutput && oldest === 0) return emptyAt(ring, 0);
  await source.flush();
  await mirror.checkpoint(id, freshTime);
  const checkpoint = await readCheckpoint(directory);
  if (checkpoint !== null && checkpoint.offset <= ring.end && checkpoint.offset >= oldest) return checkpoint;
  return emptyAt(ring, ring.capacity === 0 && !memoryOnly ? Math.max(0, ring.end - bareTail) : tailStart(ring));
}

/** Null when there is none, or none that can be read: the tail has to do then. */
async function readCheckpoint(directory: string): Promise<Snapshot | null> {
  faultPoint('fs', 'checkpoint-read');
  try {
    const frame = decodeFrame(await readFile(join(directory, 'checkpoint')));
    if (frame.type !== terminalFrame.snapshot || frame.payload.length < 5) return null;
    const { offset, payload } = frame;
    return { offset, size: decodeSize(payload), flags: payload[4] ?? 0, text: payload.subarray(5) };
  } catch {
    return null;
  }
}

const emptyAt = (ring: Ring, offset: number): Snapshot => ({
  offset,
  size: ring.sizeAt(offset),
  flags: 0,
  text: new Uint8Array(0),
});

/** After a line break where there is one: a cut inside a sequence would print its rest. */
function tailStart(ring: Ring): number {
  const from = Math.max(ring.start, ring.end - bareTail);
  if (from === 0) return 0;
  const at = ring.read(from, ring.end).indexOf(0x0a);
  return at < 0 ? from : from + at + 1;
}
