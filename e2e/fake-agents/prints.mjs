// Prints numbered canary lines, `--rate` bytes a second, until `--total` lines (0: for ever); then waits, or exits with `--end exit`.
import { setTimeout as sleep } from 'node:timers/promises';
import { options, write } from './options.mjs';

const { rate, total, width, end } = options({ rate: 50_000, total: 0, width: 80, end: 'wait' });
const start = performance.now();
let bytes = 0;
for (let line = 1; total === 0 || line <= total; line += 1) {
  const text = `canary ${String(line).padStart(8, '0')} ${'.'.repeat(Math.max(0, width - 17))}\n`;
  await write(text);
  bytes += text.length;
  const ahead = (bytes / rate) * 1000 - (performance.now() - start);
  if (ahead > 5) await sleep(ahead);
}
if (end === 'exit') process.exit(0);
setInterval(() => {}, 1 << 30);
