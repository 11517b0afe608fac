// A terminal's bytes on their way between PTY and viewer: frame types, sizes, and what a frame's payload holds.
import { z } from 'zod';
import { timestampSchema } from './identifier.ts';

export const terminalSizeSchema = z.strictObject({
  cols: z.int().min(2).max(1000),
  rows: z.int().min(1).max(1000),
});
export type TerminalSize = z.infer<typeof terminalSizeSchema>;

/** How the agent's process ended. `signal` is a number of the platform, 0 or null when it was not a signal. */
export const terminalExitSchema = z.strictObject({
  code: z.int().nullable(),
  signal: z.int().nullable(),
  at: timestampSchema,
});
export type TerminalExit = z.infer<typeof terminalExitSchema>;

/**
 * Frame types of the terminal lane, the same on the pty host's socket and in the contract.
 * Offsets count output bytes since the terminal began. Below 64: to the viewer; from 64: from the viewer.
 */
export const terminalFrame = {
  /** Raw bytes; the offset is that of the first. */
  output: 1,
  /** u16 cols, u16 rows (big endian): the PTY had this size from the offset on. */
  resize: 2,
  /** u16 cols, u16 rows, u8 flags (1 = redrawn by a resize), then UTF-8: write it to a reset screen; bytes go on at the offset. */
  snapshot: 3,
  /** JSON {@link TerminalExit}; the offset is the last one. */
  exit: 4,
  /** u8: 1 = this viewer answers the program's queries and its size counts; 0 = somebody else does. */
  lease: 5,
  /** Bytes typed; the offset is the viewer's own running count of typed bytes. */
  input: 64,
  /** The viewer has parsed up to the offset. Empty payload. */
  acknowledge: 65,
  /** u16 cols, u16 rows: the size that the viewer wants. */
  resizeRequest: 66,
  /** u8: 1 = wants the lease, 0 = gives it back. */
  leaseRequest: 67,
} as const;

export const encodeSize = ({ cols, rows }: TerminalSize): Uint8Array =>
  Uint8Array.of(cols >> 8, cols & 255, rows >> 8, rows & 255);

/** Reads u16 cols and u16 rows; throws a RangeError when the payload is shorter than 4 bytes. */
export function decodeSize(payload: Uint8Array): TerminalSize {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  return { cols: view.getUint16(0), rows: view.getUint16(2) };
}

/** Flow control of one viewer, in bytes (spec: acknowledged after parse, resumed well before empty). */
export const flowControl = { high: 256 * 1024, low: 64 * 1024, acknowledgeEvery: 32 * 1024 } as const;
