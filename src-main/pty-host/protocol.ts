// What is said on the pty host's socket: control as JSON on channel 0, terminals as frames on the channel given at attach.
import { z } from 'zod';
import { sessionIdSchema, uuidSchema } from '#shared/domain/identifier.ts';
import { terminalSizeSchema } from '#shared/domain/terminal.ts';
import type { RuntimeProblem, TerminalStatus } from '#shared/domain/terminal-status.ts';
import { encodeFrame } from '#shared/rpc/frame.ts';
import type { Result } from '#shared/lib/result.ts';

/** Stands in the socket's name: hosts of different majors live side by side. */
export const protocolMajor = 1;
/** Only adds: unknown frame types, control messages and fields are skipped. */
export const protocolMinor = 1;
/** Frame type of control messages, on channel 0. */
export const controlFrame = 0;

export const helloSchema = z.object({
  type: z.literal('hello'),
  major: z.int(),
  minor: z.int(),
  /** Version of Athene. */
  build: z.string(),
  /** Absolute, links resolved. */
  home: z.string(),
  pid: z.int(),
  /** Opaque start time of the process, as in lib/process-identity. */
  startTime: z.string(),
});
export type Hello = z.infer<typeof helloSchema>;

const terminal = uuidSchema;

export const terminalSpecSchema = z.object({
  terminal,
  session: sessionIdSchema,
  argv: z.tuple([z.string().min(1)], z.string()),
  cwd: z.string().min(1),
  env: z.record(z.string(), z.string()),
  size: terminalSizeSchema,
});

export const callSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('create'), spec: terminalSpecSchema }),
  z.object({ name: z.literal('kill'), terminal }),
  z.object({ name: z.literal('probe'), terminal }),
  z.object({ name: z.literal('list') }),
  /** Bytes as base64. */
  z.object({ name: z.literal('input'), terminal, bytes: z.base64() }),
  z.object({ name: z.literal('screen'), terminal }),
  z.object({ name: z.literal('output'), terminal, lines: z.int().min(1).max(100_000) }),
  z.object({
    name: z.literal('attach'),
    terminal,
    from: z.union([z.literal('screen'), z.int().nonnegative()]),
    lease: z.boolean(),
  }),
  z.object({ name: z.literal('detach'), channel: z.int() }),
  z.object({ name: z.literal('forget'), terminal }),
  /** Statuses of all terminals from now on. */
  z.object({ name: z.literal('watch') }),
]);
export type Call = z.infer<typeof callSchema>;

export const requestSchema = z.object({ type: z.literal('request'), id: z.int().nonnegative(), call: callSchema });
export type Request = z.infer<typeof requestSchema>;

export type Reply = { readonly type: 'reply'; readonly id: number; readonly result: Result<unknown, RuntimeProblem> };
export type StatusMessage = { readonly type: 'status'; readonly status: TerminalStatus };
export type ControlMessage = Hello | Request | Reply | StatusMessage;

/** What hosts of minor 0 do not tell yet. */
const sinceMinor1 = { outputSince: null, busyAt: null, noticeAt: null, notice: null, inputAt: null };

/** A status as a host of any minor sends it: what it does not know is null. */
export type SentStatus = Omit<TerminalStatus, keyof typeof sinceMinor1> & Partial<TerminalStatus>;
export const readStatus = (sent: SentStatus): TerminalStatus => ({ ...sinceMinor1, ...sent });

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const encodeControl = (message: ControlMessage): Uint8Array =>
  encodeFrame({ type: controlFrame, channel: 0, offset: 0, payload: encoder.encode(JSON.stringify(message)) });

/** Undefined when the payload is no JSON. */
export function decodeControl(payload: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(payload));
  } catch {
    return undefined; // A peer that sends no JSON is answered like one that sends an unknown message.
  }
}
