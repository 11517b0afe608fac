// When a session whose pull request is merged is ended and removed. Pure. Source: system.md 4.8, decision 16.
import { graceBeforeSending } from './react.ts';

export interface MergedSession {
  /** When it was first seen to be merged. */
  readonly since: number;
  /** What its agent does; `unknown` is never forced. */
  readonly agent: 'rests' | 'busy' | 'unknown';
  /** Why nobody touches it, whatever its agent does; null: nothing keeps it. */
  readonly keeps: string | null;
  /** When it was left alone at the last try; null: it was not tried. */
  readonly leftAt: number | null;
  /** Milliseconds that a busy agent may go on; 0: none. */
  readonly graceMs: number;
  readonly now: number;
}

export type MergeCleanup = { readonly kind: 'clean' } | { readonly kind: 'waits'; readonly why: string };

/** Milliseconds until one that was left alone is tried again. */
const triesAgainAfter = 10 * 60_000;

export function mergeCleanup({ since, agent, keeps, leftAt, graceMs, now }: MergedSession): MergeCleanup {
  const waits = (why: string): MergeCleanup => ({ kind: 'waits', why });
  if (keeps !== null) return waits(keeps);
  // What a clock that was put back makes seem to come is not waited for.
  if (leftAt !== null && now - leftAt < triesAgainAfter && now >= leftAt)
    return waits('It was left alone; it is tried again later.');
  if (agent === 'unknown') return waits('Whether its agent works is not known.');
  const stoodFor = Math.max(0, now - since);
  const [patience, why] =
    agent === 'busy'
      ? [graceMs, 'Its agent still works.']
      : [Math.min(graceMs, graceBeforeSending), 'It is ended and removed in a moment.'];
  return stoodFor >= patience ? { kind: 'clean' } : waits(why);
}
