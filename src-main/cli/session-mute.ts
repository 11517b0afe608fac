// `athene session mute ID [--for 1h]` and `athene session unmute ID`.
import { readArguments, readPositionals } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';

export async function muteFromCommand(verb: 'mute' | 'unmute', args: readonly string[], help: string): Promise<number> {
  const options = verb === 'mute' ? { for: { type: 'string' as const } } : {};
  const { values, positionals } = readArguments(args, options, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  const span = 'for' in values && typeof values.for === 'string' ? values.for : null;
  const until = span === null ? null : Date.now() + milliseconds(span, help);
  await withHost((host) => ask(host, 'session.mute', { id, mute: verb === 'mute' ? { until } : null }));
  process.stdout.write(`${id} ${verb === 'unmute' ? 'is not muted any more' : mutedWords(until)}.\n`);
  return 0;
}

const mutedWords = (until: number | null): string =>
  until === null ? 'is muted: nobody is notified of it' : `is muted until ${new Date(until).toLocaleString('sv')}`;

const units = { m: 60_000, h: 3_600_000, d: 24 * 3_600_000 } as const;

/** `30m`, `1h`, `2d`. */
function milliseconds(text: string, help: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? [];
  if (count === '') {
    throw new CommandFailed({ code: 'usage', what: '--for takes a time like 30m, 1h or 2d.', todo: help });
  }
  return Number(count) * units[unit as keyof typeof units];
}
