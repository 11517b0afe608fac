import type { SessionView } from '#shared/domain/session.ts';
import type { NotifierSurroundings } from '../plugins/notifiers/make-notifier.ts';
import type { ProjectConfiguration } from '../projects/configuration.ts';
import type { Store } from '../storage/store.ts';

/** What telling of sessions needs of the host. */
export interface NoticeDependencies {
  readonly store: Store;
  readonly configuration: Pick<ProjectConfiguration, 'notifiers' | 'settings' | 'route'>;
  readonly surroundings: () => Promise<NotifierSurroundings>;
  /** Every session as clients see it now. */
  readonly sessions: () => readonly SessionView[];
  /** When somebody last typed into a terminal; null when that is not known. */
  readonly typedAt: (terminal: string | null) => number | null;
  /** Reports that sessions may look different. Returns the way to stop. */
  readonly onChange: (listener: () => void) => () => void;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}
