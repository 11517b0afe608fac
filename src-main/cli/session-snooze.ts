// `athene session snooze [ID 15m|1h|change|tomorrow]`, `athene session unsnooze ID`.
import { isSnoozed, snoozeChoices, snoozeEnd, type SnoozeChoice, type SnoozeEnd } from '#shared/domain/snooze.ts';
import { defineCommand, jsonOption, usageError } from './command.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain } from './table.ts';

export const snooze = defineCommand({
  name: 'snooze',
  summary: 'out of the queue until then; without ID: which are',
  usage: ['[ID UNTIL]'],
  words: [
    { name: 'ID', optional: true, takes: 'session' },
    { name: 'UNTIL', optional: true, takes: snoozeChoices },
  ],
  options: jsonOption,
  async run({ values, words: [id, choice] }) {
    if (id === undefined) return listSnoozed(values.json === true);
    if (choice === undefined || !isChoice(choice)) {
      throw usageError(`Until when? One of ${snoozeChoices.join(', ')}.`);
    }
    const until = snoozeEnd(choice, new Date());
    await withHost((host) => ask(host, 'session.snooze', { id, until }));
    process.stdout.write(
      `${id} is snoozed ${untilWords(until)}: out of the queue; what it comes to ask is in it all the same.\n`,
    );
    return 0;
  },
});

export const unsnooze = defineCommand({
  name: 'unsnooze',
  summary: 'in the queue again',
  words: [{ name: 'ID', takes: 'session' }],
  async run({ words: [id] }) {
    await withHost((host) => ask(host, 'session.snooze', { id, until: null }));
    process.stdout.write(`${id} is not snoozed any more.\n`);
    return 0;
  },
});

function listSnoozed(asJson: boolean): Promise<number> {
  return withHost(async (host) => {
    await host.watch.refresh();
    const snoozed = host.listSessions().filter((session) => isSnoozed(session, host.sessions.now()));
    if (asJson) {
      const data = snoozed.map(({ id, state, snooze: put }) => ({ id, state, until: put?.until ?? null }));
      process.stdout.write(jsonLine({ data, meta: { count: snoozed.length } }));
      return 0;
    }
    const lines = snoozed.map(
      ({ id, state, name, snooze: put }) => `${id}  ${state}  ${untilWords(put?.until ?? 'change')}  ${plain(name)}\n`,
    );
    process.stdout.write(
      `${lines.join('')}${snoozed.length === 1 ? '1 session is' : `${snoozed.length} sessions are`} snoozed.\n`,
    );
    return 0;
  });
}

const isChoice = (text: string): text is SnoozeChoice => snoozeChoices.some((choice) => choice === text);

const untilWords = (until: SnoozeEnd): string =>
  until === 'change'
    ? 'until it changes'
    : `until ${new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(until)}`;
