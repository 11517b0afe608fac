// Sends the queries that programs send (DA1, DA2, DSR, CPR, DECRQM, colours, Kitty keys), prints each reply in hex, or "none" after `--wait` ms.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { hex, options, rawInput } from './options.mjs';

const { wait } = options({ wait: 500 });
const queries = {
  da1: '\x1b[c',
  da2: '\x1b[>c',
  dsr: '\x1b[5n',
  cpr: '\x1b[6n',
  decrqm: '\x1b[?2026$p',
  foreground: '\x1b]10;?\x1b\\',
  background: '\x1b]11;?\x1b\\',
  kitty: '\x1b[?u',
};
const input = rawInput();
for (const [name, query] of Object.entries(queries)) {
  const reply = Promise.race([once(input, 'data').then(([chunk]) => hex(chunk)), sleep(wait, 'none')]);
  process.stdout.write(query);
  process.stdout.write(`${name} ${await reply}\n`);
}
process.stdout.write('asked\n');
process.exit(0);
