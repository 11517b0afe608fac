// `athene session pin|unpin|archive|unarchive|read|unread ID`.
import { defineCommand } from './command.ts';
import { ask, withHost } from './open-local-host.ts';

const marks = [
  {
    name: 'pin',
    call: 'session.pin',
    on: true,
    summary: 'on top of the sidebar; cleanup leaves it alone',
    said: 'is pinned: it stays on top, and cleanup leaves it alone.',
  },
  {
    name: 'unpin',
    call: 'session.pin',
    on: false,
    summary: 'not on top any more',
    said: 'is not pinned any more.',
  },
  {
    name: 'archive',
    call: 'session.archive',
    on: true,
    summary: 'out of sight; it comes back when it begins to ask',
    said: 'is archived: out of sight, and otherwise as it was.',
  },
  {
    name: 'unarchive',
    call: 'session.archive',
    on: false,
    summary: 'in sight again',
    said: 'is in sight again.',
  },
  {
    name: 'read',
    call: 'session.read',
    on: true,
    summary: 'seen as it stands; what has ended and was not read is in the queue',
    said: 'counts as read.',
  },
  {
    name: 'unread',
    call: 'session.read',
    on: false,
    summary: 'not seen as it stands',
    said: 'counts as unread.',
  },
] as const;

export const markCommands = marks.map(({ name, summary, call, on, said }) =>
  defineCommand({
    ...{ name, summary },
    words: [{ name: 'ID', takes: 'session' }],
    async run({ words: [id] }) {
      await withHost((host) => ask(host, call, { id, on }));
      process.stdout.write(`${id} ${said}\n`);
      return 0;
    },
  }),
);
