// Prints as fast as it is taken: `--kind` lines, long (one line without end), control (bytes 0-31 and escape sequences), utf8
// (invalid); `--megabytes` in all (0: for ever), then a last line "flooded" and exit 0.
import { options, write } from './options.mjs';

const { kind, megabytes } = options({ kind: 'lines', megabytes: 0 });
const chunks = {
  lines: () => Buffer.from(Array.from({ length: 800 }, (_, index) => `flood ${index} ${'x'.repeat(70)}\n`).join('')),
  long: () => Buffer.alloc(65_536, 'y'),
  control: () => {
    const bytes = Buffer.alloc(65_536);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = (index * 7) % 32;
    bytes.write('\x1b[2J\x1b[31m\x1b]0;title\x07\x1b[5;10r\x1b[?1049h\x1b[?1049l');
    return bytes;
  },
  utf8: () =>
    Buffer.from(Array.from({ length: 65_536 }, (_, index) => [0xff, 0xc3, 0x28, 0xe2, 0x82, 0x80][index % 6])),
};
if (!(kind in chunks)) throw new Error(`No kind ${kind}; there are: ${Object.keys(chunks).join(', ')}`);
const chunk = chunks[kind]();
for (let bytes = 0; megabytes === 0 || bytes < megabytes * 1_048_576; bytes += chunk.length) await write(chunk);
await write('\x1b[0m\nflooded\n');
