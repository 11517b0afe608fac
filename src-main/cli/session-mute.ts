// `athene session mute ID [--for 1h]` and `athene session unmute ID`.
import { defineCommand, usageError } from './command.ts';
import { ask, withHost } from './open-local-host.ts';

export const mute = defineCommand({
  name: 'mute',
  summary: 'nobody is notified of it',
  words: [{ name: 'ID', takes: 'session' }],
  options: { for: { value: 'TIME', says: 'so long: 30m, 1h, 2d' } },
  async run({ values, words: [id] }) {
    const until = values.for === undefined ? null : Date.now() + milliseconds(values.for);
    await withHost((host) => ask(host, 'session.mute', { id, mute: { until } }));
    process.stdout.write(`${id} ${mutedWords(until)}.\n`);
    return 0;
  },
});

export const unmute = defineCommand({
  name: 'unmute',
  summary: 'people are notified of it again',
  words: [{ name: 'ID', takes: 'session' }],
  async run({ words: [id] }) {
    await withHost((host) => ask(host, 'session.mute', { id, mute: null }));
    process.stdout.write(`${id} is not muted any more.\n`);
    return 0;
  },
});

const mutedWords = (until: number | null): string =>
  until === null ? 'is muted: nobody is notified of it' : `is muted until ${new Date(until).toLocaleString('sv')}`;

const units = { m: 60_000, h: 3_600_000, d: 24 * 3_600_000 } as const;

/** `30m`, `1h`, `2d`. */
function milliseconds(text: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? [];
  if (count === '') throw usageError('--for takes a time like 30m, 1h or 2d.');
  return Number(count) * units[unit as keyof typeof units];
}
