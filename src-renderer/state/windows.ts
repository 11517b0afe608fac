// The windows over the same sessions, this one among them; of the desktop app or of a browser.
import type { Choice } from '#shared/contract/shell-contract.ts';
import type { CommandName } from '#shared/domain/key-map.ts';
import type { WindowView } from '#shared/domain/window.ts';
import type { Readable } from '../lib/store.ts';
import type { Place, View } from './view.ts';

export interface Windows {
  readonly self: Readable<WindowView>;
  /** As far as they are known here. */
  readonly all: Readable<readonly WindowView[]>;
  /** Why no window of this kind can stay on top of others; null where one can. */
  readonly neverOnTop: string | null;
  /** Another main window. */
  open(): void;
  /** False when a page can't close this window: the key belongs to whoever has the focus then. */
  close(): boolean;
  /** Gives the session a window of its own, or brings forward the one that it has. */
  popOut(session: string): void;
  /** Closes the session's own window and shows the session in a main one. */
  bringBack(session: string): void;
  /** From a session's own window: the command is done in a main one. */
  runInMain(command: CommandName): void;
  setAlwaysOnTop(on: boolean): void;
  /** What a person chose for this window outside of it. Returns the way to stop. */
  onChoice(listener: (choice: Choice) => void): () => void;
}

/** The other window that has this session for itself. */
export const ownWindowOf = (
  session: string,
  all: readonly WindowView[],
  self: WindowView,
): Extract<WindowView, { kind: 'session' }> | null =>
  all.find(
    (window): window is Extract<WindowView, { kind: 'session' }> =>
      window.kind === 'session' && window.session === session && window.id !== self.id,
  ) ?? null;

/** What this window is about: a session's own window shows that and nothing else. */
export const placeIn = (self: WindowView, { place }: Pick<View, 'place'>): Place =>
  self.kind === 'session' ? { kind: 'session', id: self.session } : place;

/** The session whose terminal somebody sees here; null when there is none, or the page is hidden. */
export function sessionInSight({
  view,
  self,
  all,
  hidden,
}: {
  readonly view: Pick<View, 'place'>;
  readonly self: WindowView;
  readonly all: readonly WindowView[];
  readonly hidden: boolean;
}): string | null {
  const place = placeIn(self, view);
  if (hidden || place.kind !== 'session') return null;
  return self.kind === 'main' && ownWindowOf(place.id, all, self) !== null ? null : place.id;
}
