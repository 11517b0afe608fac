// A program that draws ten frames a second under a spinner: works for a while, asks until somebody types, works again. Appends to a file when each
// of its questions stood on the screen first.
import { appendFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

const [count, file = ''] = [Number(process.argv[2]), process.argv[3]];
let [frame, asked] = [0, 0];
/** Frames until it asks; null while it does. */
let worksFor: number | null = 20;
process.stdin.setRawMode(true);
process.stdin.on('data', () => {
  if (worksFor === null) worksFor = 12 + ((asked * 7) % 10);
});
setInterval(draw, 100);

function draw(): void {
  frame += 1;
  if (worksFor !== null) worksFor -= asked < count ? 1 : 0;
  const begins = worksFor !== null && worksFor <= 0;
  if (begins) [worksFor, asked] = [null, asked + 1];
  const below =
    worksFor === null ? ['Bash command', '', `Go on with ${asked}?`, '❯ 1. Yes', '  2. No'] : ['● npm test'];
  process.stdout.write(`\u001b[H\u001b[J${'⠋⠙⠹⠸'.charAt(frame % 4)} Working…\r\n\r\n${below.join('\r\n')}`);
  if (begins) appendFileSync(file, `${Date.now()}\n`);
}
