// Ends after `--after` ms with `--code`, or by `--signal NAME`, with `--kilobytes` of numbered lines printed just before.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { options } from './options.mjs';

const { after, code, signal, kilobytes } = options({ after: 0, code: 0, signal: '', kilobytes: 0 });
await sleep(after);
const lines = Math.ceil((kilobytes * 1024) / 64);
const text = Array.from(
  { length: lines },
  (_, index) => `last ${String(index + 1).padStart(7, '0')} ${'-'.repeat(49)}\n`,
);
let rest = Buffer.from(text.join(''));
// Written in one go and without waiting for anybody, as a program does that ends at once.
while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
if (signal === '') process.exit(code);
process.kill(process.pid, signal);
setInterval(() => {}, 1 << 30);
