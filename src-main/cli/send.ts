import type { OutputOf } from '#shared/rpc/define-contract.ts';
import type { AtheneContract } from '#shared/contract/contract.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { defineCommand, usageError } from './command.ts';
import type { Host } from '../host/host.ts';
import { ask, withHost } from './open-local-host.ts';
import { jsonLine, plain } from './table.ts';
import { textOf } from './text-of.ts';

type Sent = OutputOf<AtheneContract, 'session.send'>;

export const send = defineCommand({
  name: 'send',
  summary: "types a text into an agent's terminal and presses Enter",
  usage: ['ID TEXT...', 'ID --file FILE'],
  words: [
    { name: 'ID', takes: 'session' },
    { name: 'TEXT', optional: true, many: true },
  ],
  options: {
    file: { short: 'f', value: 'FILE', takes: 'file', says: 'the text of a file; - is what is piped in' },
    'no-wait': { says: 'puts it into the outbox and returns; whoever runs types it' },
    timeout: {
      value: 'SECONDS',
      says: 'how long to wait until it was typed (600); then it stays in the outbox, and the exit code is 1',
    },
    'no-restore': { says: 'refuses when the session has ended, instead of restoring it first' },
    force: { says: 'types it also while a question stands on the screen' },
    json: { says: 'the outcome: confirmed (seen to arrive), typed (not seen), or queued' },
  },
  async run({ values, words: [id, words] }) {
    if ((words.length === 0) === (values.file === undefined)) throw usageError('Expected either TEXT or --file FILE.');
    const text = values.file === undefined ? words.join(' ') : await textOf(values.file, 'Nothing was sent.');
    const timeout = values['no-wait'] === true ? 0 : seconds(values.timeout);
    const sent = await withHost(async (host) => {
      const message = host.sessions.newId();
      const anyway = values.force === true;
      const restore = values['no-restore'] !== true;
      const stopTelling = timeout > 0 && values.json !== true ? tellWhyItWaits(host, id, message) : () => undefined;
      try {
        return { message, ...(await ask(host, 'session.send', { id, message, text, restore, anyway, timeout })) };
      } finally {
        stopTelling();
      }
    });
    const late = sent.outcome === 'queued' && timeout > 0;
    if (values.json === true) process.stdout.write(jsonLine({ session: id, ...sent }));
    else (late ? process.stderr : process.stdout).write(`${sentence(id, sent)}\n`);
    return late ? 1 : 0;
  },
});

/** Milliseconds after which somebody who waits wants to know for what. */
const tellAfter = 3000;

function tellWhyItWaits(host: Host, id: string, message: string): () => void {
  const timer = setTimeout(() => {
    const waiting = host
      .listSessions()
      .find((session) => session.id === id)
      ?.messages.find((each) => each.id === message);
    if (waiting?.why) process.stderr.write(`${plain(waiting.why)} Ctrl+C leaves it in the outbox.\n`);
  }, tellAfter);
  return () => clearTimeout(timer);
}

function sentence(id: string, { outcome, why, restored }: Sent): string {
  const after = restored ? `${id} was restored for it. ` : '';
  const reason = why === null ? '' : ` ${plain(why)}`;
  switch (outcome) {
    case 'confirmed':
      return `${after}Delivered to ${id}.`;
    case 'typed':
      return `${after}Typed into ${id}, not confirmed.${reason}`;
    case 'queued':
      return `${after}Queued for ${id}.${reason}`;
    default:
      return assertNever(outcome);
  }
}

function seconds(text: string | undefined): number {
  const value = Number(text ?? '600');
  if (Number.isFinite(value) && value >= 0 && value <= 3600) return value;
  throw usageError('--timeout takes seconds, from 0 to 3600.');
}
