// The port behind which lie the ways by which notices leave Athene.
import type { NoticeKind } from '#shared/domain/notice.ts';
import type { Priority } from '#shared/domain/priority.ts';

/** A notice with what a receiver may want to know. All texts are one printable line. */
export interface Tidings {
  readonly id: string;
  readonly kind: NoticeKind | 'test';
  readonly priority: Priority;
  readonly title: string;
  readonly body: string;
  /** When it came up, in milliseconds since the epoch. */
  readonly at: number;
  readonly sessions: readonly TidingsSession[];
}

export interface TidingsSession {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly agent: string;
  readonly state: string;
  readonly because: string;
}

export type Told =
  | { readonly kind: 'told' }
  /** `why` is for people, and holds no secret. `again`: another try may do better, after so many milliseconds where that is known. */
  | { readonly kind: 'failed'; readonly why: string; readonly again: boolean; readonly after: number | null };

export interface Notifier {
  /** Never rejects, and has an end of its own. */
  tell(tidings: Tidings, signal: AbortSignal): Promise<Told>;
}

export const failedForGood = (why: string): Told => ({ kind: 'failed', why, again: false, after: null });
