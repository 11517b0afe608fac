import type { OutputOf } from '#shared/rpc/define-contract.ts';
import type { AtheneContract } from '#shared/contract/contract.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { defineCommand, usageError } from './command.ts';
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
    timeout: { value: 'SECONDS', says: 'how long to wait until it can be typed; then it stays in the outbox (30)' },
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
      return { message, ...(await ask(host, 'session.send', { id, message, text, restore, anyway, timeout })) };
    });
    process.stdout.write(values.json === true ? jsonLine({ session: id, ...sent }) : `${sentence(id, sent)}\n`);
    return 0;
  },
});

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
  const value = Number(text ?? '30');
  if (Number.isFinite(value) && value >= 0 && value <= 3600) return value;
  throw usageError('--timeout takes seconds, from 0 to 3600.');
}
