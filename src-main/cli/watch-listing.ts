// `athene status --watch`.
import type { Outlook } from '../host/outlook.ts';
import { listingData, takeListing, type Listing, type ListWishes } from './session-listing.ts';
import { jsonLine } from './table.ts';

export interface Watching {
  readonly wishes: ListWishes;
  /** Milliseconds between two looks at what no change of the database tells: terminals. */
  readonly every: number;
  readonly json: boolean;
  readonly text: (listing: Listing) => string;
}

/** Resolves when somebody interrupts it, or nobody reads any more. */
export async function watchListing(outlook: Outlook, { wishes, every, json, text }: Watching): Promise<number> {
  const onTerminal = !json && process.stdout.isTTY;
  let last = '';
  const look = async (): Promise<void> => {
    const listing = await takeListing(outlook, wishes);
    const data = jsonLine(listingData(outlook, listing));
    const shown = text(listing);
    // On a terminal ages go on; elsewhere they are no change.
    const now = onTerminal ? shown : data;
    if (now === last) return;
    last = now;
    process.stdout.write(json ? data : onTerminal ? drawn(shown) : `${shown}\n\n`);
  };
  try {
    await untilStopped(outlook, every, look);
  } finally {
    if (onTerminal) process.stdout.write(cursor.shown);
  }
  return 0;
}

const cursor = { hidden: '\u001b[?25l', shown: '\u001b[?25h' };

/** In place of what stood there: lines are overwritten, so that nothing flickers. Of a long list the first lines. */
function drawn(text: string): string {
  // A terminal that was never told its size says 0.
  const [rows, columns] = [process.stdout.rows || 24, process.stdout.columns || 80];
  const lines = text.split('\n').map((line) => [...line].slice(0, columns - 1).join(''));
  const fitting =
    lines.length < rows ? lines : [...lines.slice(0, rows - 2), `… ${lines.length - rows + 2} more lines`];
  return `${cursor.hidden}\u001b[H${fitting.map((line) => `${line}\u001b[K\r\n`).join('')}\u001b[J`;
}

/** Looks one after another, however often they are asked for. */
function untilStopped(outlook: Outlook, every: number, look: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let looking: Promise<void> | null = null;
    let again = false;
    const ask = (): void => {
      if (looking !== null) return void (again = true);
      again = false;
      looking = look().finally(() => {
        looking = null;
        if (again) ask();
      });
      looking.catch(reject);
    };
    const stopListening = outlook.onChange(ask);
    const timer = setInterval(ask, every);
    const end = (): void => {
      stopListening();
      clearInterval(timer);
      again = false;
      (looking ?? Promise.resolve()).then(resolve, reject);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    process.stdout.once('error', end);
    ask();
  });
}
