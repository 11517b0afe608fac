// Events as they are shown: page by page, from the newest back.
import type { EventCursor, EventView } from '#shared/domain/event.ts';

export interface EventPages {
  /** Newest first; null until the host told them. */
  readonly events: readonly EventView[] | null;
  /** Where the earlier ones go on; null when there are none. */
  readonly next: EventCursor | null;
  /** Why it could not be read, for a person. */
  readonly problem: string | null;
}
