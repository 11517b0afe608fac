// Echoes every chunk of input at once as text and as hex (`--show text`, `hex` or `both`), in raw mode; Ctrl+D ends it.
import { hex, options, rawInput } from './options.mjs';

const { show } = options({ show: 'both' });
const input = rawInput();
process.stdout.write('ready\n');
input.on('data', (chunk) => {
  if (chunk.includes(4)) process.exit(0);
  // eslint-disable-next-line no-control-regex -- control characters must not act on the terminal that shows them
  const text = chunk.toString('utf8').replaceAll(/[\u0000-\u001f\u007f]/g, '·');
  if (show === 'text') process.stdout.write(text);
  else process.stdout.write(`${show === 'both' ? `[${text}] ` : ''}${hex(chunk)}\n`);
});
