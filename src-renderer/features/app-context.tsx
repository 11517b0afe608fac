import { createContext, useContext, useSyncExternalStore } from 'react';
import { keysOf, platformOf, type CommandName } from '#shared/domain/key-map.ts';
import type { App } from '../state/app.ts';
import type { Readable } from '../lib/store.ts';
import type { TerminalView } from '../terminal/terminal-view.ts';

export interface Surroundings {
  readonly app: App;
  /** The terminal that the terminal's commands mean; null while none is shown. */
  readonly terminal: { current: TerminalView | null };
}

const Context = createContext<Surroundings | null>(null);
export const AppProvider = Context.Provider;

export function useSurroundings(): Surroundings {
  const value = useContext(Context);
  if (value === null) throw new Error('Outside of the app');
  return value;
}

export const useApp = (): App => useSurroundings().app;

export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

export const useView = () => useStore(useApp().view);
/** Now, in ms since the epoch; changes once a second. */
export const useNow = (): number => useStore(useApp().clock);

/** What follows from the time, as an age in words: whoever uses it is drawn anew only when that is another one. */
export const useByNow = <R extends string | boolean>(derive: (now: number) => R): R =>
  useOutcome(useApp().clock, derive);

/** The same of what follows from any store. */
export function useOutcome<T, R extends string | boolean>(store: Readable<T>, derive: (value: T) => R): R {
  return useSyncExternalStore(store.subscribe, () => derive(store.get()));
}

export const platform = platformOf(navigator.userAgent);
export const keys = (command: CommandName): readonly string[] => keysOf(command, platform);
