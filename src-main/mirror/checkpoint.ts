// The checkpoint of a terminal: one snapshot frame in a file beside its transcript, replaced as a whole.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from '#main/lib/fault-points.ts';
import { decodeSize, encodeSize, terminalFrame } from '#shared/domain/terminal.ts';
import { decodeFrame, encodeFrame, frameHeaderSize, maximalFrameSize } from '#shared/rpc/frame.ts';
import { mirrorScrollback } from './terminal.ts';
import type { Cut, Replica } from './replica.ts';

export const checkpointName = 'checkpoint';
/** u16 columns, u16 rows, u8 flags. */
const payloadHeader = 5;
const room = maximalFrameSize - frameHeaderSize - payloadHeader;

/** The frame, with as much history as fits one; null when there is no place to cut, or the screen alone is too large. */
export function checkpointFrame(replica: Replica): { readonly offset: number; readonly bytes: Uint8Array } | null {
  for (const history of [mirrorScrollback, mirrorScrollback / 4, 0]) {
    const cut = replica.cut(history);
    if (cut === null) return null;
    const text = new TextEncoder().encode(cut.text);
    if (text.length <= room) return { offset: cut.offset, bytes: encode(cut, text) };
  }
  return null;
}

function encode({ size, offset }: Cut, text: Uint8Array): Uint8Array {
  const payload = new Uint8Array(payloadHeader + text.length);
  payload.set(encodeSize(size));
  payload.set(text, payloadHeader);
  return encodeFrame({ type: terminalFrame.snapshot, channel: 0, offset, payload });
}

/** Throws when the disk refuses; what was there before is still there then. */
export async function writeCheckpoint(directory: string, bytes: Uint8Array): Promise<void> {
  const path = join(directory, checkpointName);
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    faultPoint('fs', 'checkpoint-write');
    await writeFile(unfinished, bytes, { mode: 0o600 });
    faultPoint('fs', 'checkpoint-rename');
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Null when there is none, or what is there is none (cut short by a crash): the transcript alone must do. */
export async function readCheckpoint(directory: string): Promise<Cut | null> {
  faultPoint('fs', 'checkpoint-read');
  const bytes = await readFile(join(directory, checkpointName)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return bytes === null ? null : decode(bytes);
}

function decode(bytes: Uint8Array): Cut | null {
  try {
    const { type, offset, payload } = decodeFrame(bytes);
    if (type !== terminalFrame.snapshot) return null;
    return { size: decodeSize(payload), offset, text: new TextDecoder().decode(payload.subarray(payloadHeader)) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
