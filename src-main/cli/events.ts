import { eventRetention, type EventView } from '#shared/domain/event.ts';
import { priorities, type Priority } from '#shared/domain/priority.ts';
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { GivenOf } from '#shared/rpc/define-contract.ts';
import type { Host } from '../host/host.ts';
import { defineCommand, usageError } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { momentOf } from './since.ts';
import { jsonLine, plain } from './table.ts';

type Asked = GivenOf<AtheneContract, 'event.list'>;
type Print = (events: readonly EventView[]) => void;

export const events = defineCommand({
  name: 'events',
  summary: `what has happened, the newest last; kept for ${eventRetention.days} days`,
  options: {
    session: { short: 's', value: 'ID', takes: 'session', says: 'of one session, also of one that was removed' },
    project: { short: 'p', value: 'P', takes: 'project', says: 'of one project' },
    kind: { value: 'K', many: true, says: 'of one kind (session.spawned) or group (session)' },
    source: { value: 'S', many: true, says: 'told by: athene, person, agent, hook, report, git, process, ...' },
    priority: { value: 'P', many: true, takes: priorities, says: priorities.join(', ') },
    since: { value: 'WHEN', says: 'from 90s, 15m, 2h, 3d, 1w ago, or from a date: 2026-11-26, 2026-11-26T10:30' },
    search: { value: 'WORDS', says: 'with all of these words, or words that begin so' },
    limit: { value: 'N', says: 'the newest N, up to 500 (50)' },
    follow: { short: 'f', says: 'goes on with what happens, until it is interrupted' },
    json: { says: '{"data": [...]}, the newest last; with --follow one event a line' },
  },
  notes: 'Ends with 0, also when nothing is found; with 1 when it could not look.',
  async run({ values }) {
    return withHost(async (host) => {
      const asked: Asked = {
        ...{ session: values.session ?? null, project: values.project ?? null },
        ...{ kinds: (values.kind ?? []).map(kindOf), sources: values.source ?? [], search: values.search ?? null },
        priorities: (values.priority ?? []).map(priorityFrom),
        since: values.since === undefined ? null : since(values.since, host.sessions.now()),
        limit: limitFrom(values.limit ?? '50'),
      };
      const { events: newest, last } = await ask(host, 'event.list', asked);
      const found = newest.toReversed();
      if (values.follow === true) {
        const print = values.json === true ? printLines : printRows;
        print(found);
        await follow(host, asked, { after: last, print });
      } else if (values.json === true) process.stdout.write(jsonLine({ data: found }));
      else if (found.length === 0) process.stdout.write('Nothing of that kind has happened.\n');
      else printRows(found);
      // An empty list of a database that could not be read must not be taken for "nothing happened".
      return host.storage?.empty === true ? 1 : 0;
    });
  },
});

const printLines: Print = (found) => void process.stdout.write(found.map(jsonLine).join(''));

const printRows: Print = (found) => void process.stdout.write(found.map(rowOf).join(''));

/** Columns of a width of their own, since what comes later is not known yet. */
function rowOf({ at, session, project, kind, priority, text }: EventView): string {
  const mark = priority === 'urgent' ? '!' : ' ';
  const who = session ?? project ?? '-';
  return `${timeOf(at)} ${mark} ${plain(who).padEnd(14)} ${plain(kind).padEnd(24)} ${plain(text)}\n`;
}

/** Of this machine: `2026-11-26 10:30:05`. */
function timeOf(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

interface Following {
  readonly after: number;
  readonly print: Print;
}

/** Resolves when somebody interrupts it, or nobody reads any more. */
async function follow(host: Host, asked: Asked, { after, print }: Following): Promise<void> {
  let last = after;
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    for (;;) {
      const page = await ask(host, 'event.list', { ...asked, after: last, limit: 500 });
      const newest = page.events.at(-1)?.id;
      print(page.events);
      last = page.events.length < 500 ? Math.max(last, page.last) : (newest ?? last);
      if (page.events.length < 500) return;
    }
  };
  await new Promise<void>((resolve, reject) => {
    const stop = host.sessions.store.onChange(() => {
      looking = looking.then(look);
      looking.catch(reject);
    });
    const end = (): void => {
      stop();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    process.stdout.once('error', end);
    // What came between the list and now.
    looking = look();
    looking.catch(reject);
  });
  await looking;
}

/** `session`, `session.` and `session.*` are the group. */
function kindOf(given: string): string {
  const kind = given.replace(/\*$/, '');
  return kind.includes('.') ? kind : `${kind}.`;
}

function priorityFrom(given: string): Priority {
  const found = priorities.find((priority) => priority === given);
  if (found !== undefined) return found;
  throw usageError(`--priority takes ${priorities.join(', ')}.`);
}

function since(given: string, now: number): number {
  const at = momentOf(given, now);
  if (at !== null) return at;
  throw usageError('--since takes 90s, 15m, 2h, 3d, 1w, or a date like 2026-11-26 or 2026-11-26T10:30.');
}

function limitFrom(given: string): number {
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 500) return limit;
  throw usageError('--limit takes a whole number from 1 to 500.');
}
