// A full-screen program: draws a frame with its size and a counter on the alternate screen, follows resizes, `q` restores and exits 0.
import { options, rawInput } from './options.mjs';

const { every } = options({ every: 200 });
let count = 0;
process.stdout.write('\x1b[?1049h\x1b[?25l');
draw();
process.stdout.on('resize', draw);
const timer = setInterval(draw, every);
rawInput().on('data', (chunk) => {
  if (chunk.includes('q') || chunk.includes(3)) leave(0);
});
process.on('SIGTERM', () => leave(143));

function draw() {
  count += 1;
  const { columns = 80, rows = 24 } = process.stdout;
  const inner = Math.max(columns - 2, 0);
  const line = (text) => `│${text.slice(0, inner).padEnd(inner)}│`;
  const body = Array.from({ length: Math.max(rows - 2, 0) }, (_, row) =>
    line(row === 0 ? ` size ${columns}x${rows}` : row === 1 ? ` frame ${count}` : ''),
  );
  const screen = [`┌${'─'.repeat(inner)}┐`, ...body, `└${'─'.repeat(inner)}┘`];
  process.stdout.write(screen.map((text, row) => `\x1b[${row + 1};1H${text}`).join(''));
}

function leave(code) {
  clearInterval(timer);
  process.stdout.write('\x1b[?25h\x1b[?1049l', () => process.exit(code));
}
