// `athene session pin|unpin|archive|unarchive|read|unread ID`.
import { readArguments, readPositionals } from './command.ts';
import { ask, withHost } from './open-local-host.ts';

const markVerbs = {
  pin: { call: 'session.pin', on: true, said: 'is pinned: it stays on top, and cleanup leaves it alone.' },
  unpin: { call: 'session.pin', on: false, said: 'is not pinned any more.' },
  archive: { call: 'session.archive', on: true, said: 'is archived: out of sight, and otherwise as it was.' },
  unarchive: { call: 'session.archive', on: false, said: 'is in sight again.' },
  read: { call: 'session.read', on: true, said: 'counts as read.' },
  unread: { call: 'session.read', on: false, said: 'counts as unread.' },
} as const;
type MarkVerb = keyof typeof markVerbs;

export const isMarkVerb = (verb: string | undefined): verb is MarkVerb =>
  verb !== undefined && Object.hasOwn(markVerbs, verb);

export async function markFromCommand(verb: MarkVerb, args: readonly string[], help: string): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  const { call, on, said } = markVerbs[verb];
  await withHost((host) => ask(host, call, { id, on }));
  process.stdout.write(`${id} ${said}\n`);
  return 0;
}
