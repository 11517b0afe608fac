// What the pty host and its mirror process say to each other: one JSON object a line.
import type { TerminalScreen } from '#shared/domain/terminal-status.ts';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { uuidSchema } from '#shared/domain/identifier.ts';

const request = z.union([z.string().max(64), z.int()]);
const terminal = uuidSchema;
const directory = z.string().max(4096).refine(isAbsolute, 'must be an absolute path');

export const hostMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), terminal, directory }),
  /** The transcript has been written up to the offset. */
  z.strictObject({ type: z.literal('advance'), terminal, offset: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('close'), terminal }),
  z.strictObject({ type: z.literal('checkpoint'), request, terminal }),
  z.strictObject({ type: z.literal('screen'), request, terminal }),
  z.strictObject({ type: z.literal('output'), request, terminal, lines: z.int().min(1).max(100_000) }),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;
export type Request = z.infer<typeof request>;

export type MirrorMessage =
  | { readonly type: 'checkpointed'; readonly terminal: string; readonly offset: number; readonly request?: Request }
  | { readonly type: 'screen'; readonly request: Request; readonly screen: TerminalScreen }
  | { readonly type: 'output'; readonly request: Request; readonly text: string }
  | { readonly type: 'failed'; readonly request: Request; readonly why: string };

/** Longest line that is read, in UTF-16 units; a longer one is not from the host. */
export const longestLine = 64 * 1024;

export type ParsedLine =
  | { readonly ok: true; readonly message: HostMessage }
  | { readonly ok: false; readonly why: string; readonly request: Request | null };

/** Never throws: a newer host may say things that this mirror does not know. */
export function parseLine(line: string): ParsedLine {
  const value = parseJson(line);
  const parsed = hostMessageSchema.safeParse(value);
  if (parsed.success) return { ok: true, message: parsed.data };
  const asked = z.looseObject({ request }).safeParse(value);
  return {
    ok: false,
    why: z.prettifyError(parsed.error).slice(0, 500),
    request: asked.success ? asked.data.request : null,
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not JSON is refused like any other message that isn't one.
    return null;
  }
}
