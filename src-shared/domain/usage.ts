// What a session's processes use of the machine, as it is shown.
import { z } from 'zod';
import { sessionIdSchema, timestampSchema } from './identifier.ts';

const listenerSchema = z.strictObject({
  port: z.int().min(1).max(65_535),
  /** As the system writes it: `127.0.0.1`, `::`, `*`. */
  address: z.string().max(64),
  pid: z.int(),
});
/** A TCP port that a process listens on. */
export type Listener = z.infer<typeof listenerSchema>;

export const listeningSchema = z.strictObject({
  /** By port; those that were found, also when others can't be told. */
  ports: z.array(listenerSchema),
  /** Why there may be more; null when that is all. */
  cannotTell: z.string().nullable(),
});
export type Listening = z.infer<typeof listeningSchema>;

export const sessionUsageSchema = z.strictObject({
  session: sessionIdSchema,
  processes: z.int().nonnegative(),
  /** Processor time since the look before, as a share of one core: 2 are two cores. Null at the first look. */
  cpu: z.number().nonnegative().nullable(),
  /** Bytes in memory (RSS). What processes share is counted in each of them. */
  memory: z.number().nonnegative(),
  listening: listeningSchema,
  at: timestampSchema,
});
export type SessionUsage = z.infer<typeof sessionUsageSchema>;

/** Less than this is not told again: five hundredths of a core, and a twentieth of the memory or 4 MB. */
const leastCpu = 0.05;
const leastMemory = { share: 0.05, bytes: 4 * 1024 * 1024 };

/** Whether somebody who was told `before` is to be told `now`. */
export function isWorthTelling(before: SessionUsage, now: SessionUsage): boolean {
  if (before.processes !== now.processes || !sameListening(before.listening, now.listening)) return true;
  if ((before.cpu === null) !== (now.cpu === null)) return true;
  const [was, is] = [before.cpu ?? 0, now.cpu ?? 0];
  // Coming to rest is told, however little it was.
  if (Math.abs(was - is) >= leastCpu || (was >= 0.005 && is < 0.005)) return true;
  const grown = Math.abs(before.memory - now.memory);
  return grown >= Math.max(leastMemory.bytes, before.memory * leastMemory.share);
}

const sameListening = (a: Listening, b: Listening): boolean => JSON.stringify(a) === JSON.stringify(b);

export interface TotalUsage {
  readonly sessions: number;
  readonly processes: number;
  readonly cpu: number | null;
  readonly memory: number;
}

/** Of all agents together. */
export const totalUsage = (usages: readonly SessionUsage[]): TotalUsage => ({
  sessions: usages.length,
  processes: usages.reduce((sum, { processes }) => sum + processes, 0),
  cpu: usages.every(({ cpu }) => cpu === null) ? null : usages.reduce((sum, { cpu }) => sum + (cpu ?? 0), 0),
  memory: usages.reduce((sum, { memory }) => sum + memory, 0),
});

/** `38 %`; a full core is 100 %. */
export const cpuText = (cpu: number | null): string => (cpu === null ? '–' : `${Math.round(cpu * 100)} %`);

/** `312 MB`, `6.1 GB`. */
export function memoryText(bytes: number): string {
  const megabytes = bytes / (1024 * 1024);
  return megabytes < 1000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}
