// Draws like Ink: lines that stay, and a live block (spinner, status, input box) erased and drawn anew at `--rate` frames a second.
import { options, rawInput } from './options.mjs';

const { rate, seconds } = options({ rate: 10, seconds: 0 });
const glyphs = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const live = 5;
let frame = 0;
process.stdout.write('\x1b[?25l');
const timer = setInterval(draw, 1000 / rate);
rawInput().on('data', (chunk) => {
  if (chunk.includes(3) || chunk.includes('q')) leave();
});
process.on('SIGTERM', leave);

function draw() {
  const erase = frame === 0 ? '' : `\x1b[2K${'\x1b[1A\x1b[2K'.repeat(live - 1)}\x1b[G`;
  const kept = frame % rate === 0 ? `\x1b[32m●\x1b[39m step ${frame / rate}\n` : '';
  const width = Math.max(Math.min(process.stdout.columns ?? 80, 60) - 2, 2);
  const box = [`╭${'─'.repeat(width)}╮`, `│${' > '.padEnd(width).slice(0, width)}│`, `╰${'─'.repeat(width)}╯`];
  const status = `\x1b[36m${glyphs[frame % glyphs.length]}\x1b[39m Working… (${Math.floor(frame / rate)}s)`;
  process.stdout.write(erase + kept + ['', status, ...box].join('\n'));
  frame += 1;
  if (seconds > 0 && frame >= seconds * rate) leave();
}

function leave() {
  clearInterval(timer);
  process.stdout.write('\x1b[?25h\nended\n', () => process.exit(0));
}
