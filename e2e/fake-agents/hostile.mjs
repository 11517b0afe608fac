// Prints what an attacker would have an agent print, then its last line; every byte that reaches it is appended to `--log FILE`.
import { appendFileSync } from 'node:fs';
import { options, rawInput, write } from './options.mjs';

const { log, megabytes } = options({ log: '', megabytes: 10 });
if (log === '') throw new Error('--log FILE is missing');
rawInput().on('data', (chunk) => appendFileSync(log, chunk));

const [esc, st, bell] = ['\x1b', '\x1b\\', '\x07'];
const stolen = Buffer.from('STOLEN').toString('base64');
const link = (address, text) => `${esc}]8;;${address}${st}${text}${esc}]8;;${st}\r\n`;

const clipboard = [
  ...[`${esc}]52;c;${stolen}${bell}`, `${esc}]52;p;${stolen}${st}`, `${esc}]52;c;?${bell}`],
  // The one-byte forms, as the characters that UTF-8 makes of them.
  ...[`\u009d52;c;${stolen}\u009c`, `\u009d52;c;?\u009c`, `${esc}]1337;Copy=:${stolen}${bell}`],
];
const names = [0, 1, 2, 7, 9, 633, 777].map((number) => `${esc}]${number};SPOOF${bell}`);
const queries = [
  ...['[c', '[>c', '[=c', '[5n', '[6n', '[?6n', '[?15n', '[?2026$p', '[>q', '[?u', '[x'].map((text) => esc + text),
  ...['14', '16', '18', '19', '20', '21', '3;100;100', '9;1', '2'].map((operation) => `${esc}[${operation}t`),
  ...[4, 10, 11, 12, 17, 19].map((number) => `${esc}]${number}${number === 4 ? ';1' : ''};?${st}`),
  // Questions that hold what an answer might repeat.
  ...['"p', 'm', ';touch STOLEN\r', '\rSTOLEN\r'].map((text) => `${esc}P$q${text}${st}`),
  ...[`${esc}P+q5354${st}`, `${esc}]10;STOLEN${st}`, '\x05', `${esc}_GSTOLEN,a=q${st}`],
];
const counts = ['@', 'A', 'B', 'E', 'I', 'L', 'M', 'P', 'S', 'T', 'X', 'Z', 'b'].map(
  (final) => `x${esc}[2147483647${final}`,
);
const unfinished = [']0;', ']52;c;', 'P$q', 'P', '_', '^', 'X'].map((opening) => esc + opening);

await write([...clipboard, ...names, ...queries, ...counts, ...queries].join(''));
for (const opening of unfinished) {
  await write(opening);
  const chunk = 'QUJD'.repeat(16_384);
  for (let size = 0; size < (megabytes * 1024 * 1024) / unfinished.length; size += chunk.length) await write(chunk);
  await write('\x18');
}
await write(`${esc}c${esc}[2J${esc}[H`);
for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,<b>x', 'vbscript:x', 'athene:x'])
  await write(link(address, `Press here for ${address.split(':')[0]}`));
await write(`${esc}[?2004hstill here\r\n`);
