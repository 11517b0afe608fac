import type { Outlook } from '../host/outlook.ts';
import { printWhole } from '../lib/standard-output.ts';
import { defineCommand, usageError, type Given } from './command.ts';
import { withOutlook } from './open-local-host.ts';
import { listingData, takeListing, type Listing, type ListWishes } from './session-listing.ts';
import { statusText } from './status-text.ts';
import { jsonLine } from './table.ts';
import { watchListing } from './watch-listing.ts';

const options = {
  project: { short: 'p', value: 'P', takes: 'project', says: 'of one project' },
  all: { short: 'a', says: 'archived ones too' },
  'include-terminated': { says: 'the same' },
  json: { says: '{"data": [...], "meta": {...}}' },
} as const;
type Values = Given<typeof options, []>['values'];

export const status = defineCommand({
  name: 'status',
  summary: 'all sessions, their state and since when; those that lead others first',
  options: {
    ...options,
    watch: { short: 'w', says: 'stays, and shows it anew when something has changed, until Ctrl+C' },
    interval: { value: 'SECONDS', says: 'with --watch: how often it looks what terminals tell (2)' },
    reports: {
      value: 'N|full',
      takes: ['full'],
      says: 'with the newest N reports of each, refused ones too; full: all that are kept',
    },
  },
  notes: `That a session asks is concluded from its bells and notices; the app looks at its screen as well.
With --watch and --json it is a document a line, one for each change.`,
  run({ values }) {
    const wishes = { ...wishesFrom(values), ended: true, reports: reportsFrom(values.reports) };
    if (values.watch !== true && values.interval !== undefined) throw usageError('--interval goes with --watch.');
    const every = intervalFrom(values.interval ?? '2');
    return withOutlook((outlook) =>
      values.watch === true
        ? watchListing(outlook, {
            wishes,
            every,
            json: values.json === true,
            text: (listing) => textOf(outlook, listing),
          })
        : once(outlook, wishes, values.json === true),
    );
  },
});

export const sessionList = defineCommand({
  name: 'ls',
  summary: 'those that have not ended',
  options: { ...options, all: { short: 'a', says: 'all, ended and archived ones too' } },
  run: ({ values }) =>
    withOutlook((outlook) => once(outlook, { ...wishesFrom(values), ended: false, reports: 0 }, values.json === true)),
});

const wishesFrom = (values: Values): Pick<ListWishes, 'project' | 'everything'> => ({
  project: values.project ?? null,
  everything: values.all === true || values['include-terminated'] === true,
});

async function once(outlook: Outlook, wishes: ListWishes, json: boolean): Promise<number> {
  const listing = await takeListing(outlook, wishes);
  if (json) printWhole(jsonLine(listingData(outlook, listing)));
  else if (outlook.storage?.empty !== true) printWhole(`${textOf(outlook, listing)}\n`);
  // An empty list of a database that could not be read must not be taken for "nothing runs".
  return outlook.storage?.empty === true ? 1 : 0;
}

const textOf = (outlook: Outlook, listing: Listing): string =>
  statusText(listing, {
    now: outlook.now(),
    spawnsInLine: outlook.listSpawns().filter(({ place }) => place !== null).length,
    spawnsPaused: outlook.spawnsPaused(),
  }).join('\n');

/** As many as are kept of each. */
const allReports = 200;

function reportsFrom(given: string | undefined): number {
  if (given === undefined) return 0;
  const count = given === 'full' ? allReports : Number(given);
  if (Number.isInteger(count) && count >= 1 && count <= allReports) return count;
  throw usageError(`--reports takes full, or a number from 1 to ${allReports}.`);
}

/** Milliseconds. */
function intervalFrom(given: string): number {
  const seconds = Number(given);
  if (seconds >= 0.2 && seconds <= 3600) return seconds * 1000;
  throw usageError('--interval takes seconds, from 0.2 to 3600.');
}
