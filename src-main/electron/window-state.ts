// What is kept of the windows from one run to the next: `desktop/windows.json` in the home.
import { join } from 'node:path';
import { z } from 'zod';
import { sessionIdSchema, uuidSchema } from '#shared/domain/identifier.ts';
import { boundsSchema, windowLayoutSchema, type Bounds } from '#shared/domain/window.ts';
import { readTextIfThere, renameFile, writeFileAtomic } from '../lib/files.ts';
import type { Log } from '../lib/log.ts';

/** Arrangements of displays for which a window's place is remembered, and windows. */
export const mostArrangements = 8;
const mostWindows = 100;

const keptSchema = {
  id: uuidSchema,
  /** By arrangement of displays, the last used one last. */
  places: z.array(z.strictObject({ displays: z.string().max(1000), bounds: boundsSchema })).max(mostArrangements),
  size: z.enum(['normal', 'maximized', 'full-screen']),
  alwaysOnTop: z.boolean(),
  layout: windowLayoutSchema.nullable(),
};
const keptWindowSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...keptSchema, kind: z.literal('main') }),
  z.strictObject({ ...keptSchema, kind: z.literal('session'), session: sessionIdSchema }),
]);
export type KeptWindow = z.infer<typeof keptWindowSchema>;

const windowStateSchema = z.strictObject({
  version: z.literal(1),
  /** Open at the end of the last run; the one that was used last comes last. */
  windows: z.array(keptWindowSchema).max(mostWindows),
  /** The main window that was closed last: the next one takes its place when there is no other. */
  closed: keptWindowSchema.nullable(),
  /** The person was told once that agents and tray go on when the last window closes. */
  toldOfClosing: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const noWindows: WindowState = { version: 1, windows: [], closed: null, toldOfClosing: false };

export interface WindowStateFile {
  readonly state: WindowState;
  /** Where a file lies that could not be read; null when there was none. */
  readonly putAside: string | null;
  /** Never throws: windows that are not remembered are no reason to stop. */
  save(state: WindowState): void;
}

/** Bytes; a hundred windows with every project closed stay below. */
const largest = 4 * 1024 * 1024;

/** Nothing that lies there keeps the app from opening. */
export function openWindowState({
  directory,
  log,
  now,
}: {
  readonly directory: string;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}): WindowStateFile {
  const file = join(directory, 'windows.json');
  const save = (state: WindowState): void => {
    try {
      writeFileAtomic(file, `${JSON.stringify(windowStateSchema.parse(state))}\n`);
    } catch (error) {
      log('warn', 'windows.save-failed', { error });
    }
  };
  try {
    const text = readTextIfThere(file, { maxBytes: largest });
    return { state: text === null ? noWindows : readWindowState(text), putAside: null, save };
  } catch (error) {
    log('warn', 'windows.unreadable', { error });
    const aside = `${file}.corrupt-${new Date(now()).toISOString().replaceAll(':', '-')}`;
    if (putAside(file, aside, log)) return { state: noWindows, putAside: aside, save };
    // What could be neither read nor moved is not written over.
    return { state: noWindows, putAside: null, save: () => undefined };
  }
}

/** Throws on anything but what was written here. */
export const readWindowState = (text: string): WindowState => windowStateSchema.parse(JSON.parse(text));

function putAside(file: string, aside: string, log: Log): boolean {
  try {
    renameFile(file, aside);
    return true;
  } catch (error) {
    log('warn', 'windows.put-aside-failed', { error });
    return false;
  }
}

/** Where the window stood on these displays; null when it never did. */
export const placeOn = ({ places }: Pick<KeptWindow, 'places'>, displays: string): Bounds | null =>
  places.find((place) => place.displays === displays)?.bounds ?? null;

/** The arrangements that were used last stay known. */
export const withPlace = (places: KeptWindow['places'], displays: string, bounds: Bounds): KeptWindow['places'] =>
  [...places.filter((place) => place.displays !== displays), { displays, bounds }].slice(-mostArrangements);
