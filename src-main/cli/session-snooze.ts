// `athene session snooze [ID 15m|1h|change|tomorrow]`, `athene session unsnooze ID`.
import { isSnoozed, snoozeChoices, snoozeEnd, type SnoozeChoice, type SnoozeEnd } from '#shared/domain/snooze.ts';
import { readArguments, readPositionals } from './command.ts';
import { CommandFailed } from './command-failed.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain } from './table.ts';

export async function snooze(args: readonly string[], help: string): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, help);
  if (positionals.length === 0) return listSnoozed(values.json === true);
  const [id, choice] = readPositionals(positionals, ['ID', snoozeChoices.join('|')], help);
  if (!isChoice(choice)) {
    throw new CommandFailed({ code: 'usage', what: `Until when? One of ${snoozeChoices.join(', ')}.`, todo: help });
  }
  const until = snoozeEnd(choice, new Date());
  await withHost((host) => ask(host, 'session.snooze', { id, until }));
  process.stdout.write(
    `${id} is snoozed ${untilWords(until)}: out of the queue; what it comes to ask is in it all the same.\n`,
  );
  return 0;
}

export async function unsnooze(args: readonly string[], help: string): Promise<number> {
  const { positionals } = readArguments(args, {}, help);
  const [id] = readPositionals(positionals, ['ID'], help);
  await withHost((host) => ask(host, 'session.snooze', { id, until: null }));
  process.stdout.write(`${id} is not snoozed any more.\n`);
  return 0;
}

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
