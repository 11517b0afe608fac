// What the app prints on a line of its own for whoever started it (build/start.ts waits for it).

/** The first window shows. */
export const isOpen = 'Athene is open.';

/** By a second start, before it ends with code 0: the first one was asked to come forward. */
export const wasOpen = 'Athene was open already: its window is in front now.';
