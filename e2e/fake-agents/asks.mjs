// Asks a question with numbered choices, waits for `--answers` Enters, and prints what it got each time in hex; then exits 0.
import { hex, options, rawInput } from './options.mjs';

const { question, answers } = options({ question: 'Do you want to proceed?', answers: 1 });
let got = Buffer.alloc(0);
let left = answers;
const input = rawInput();
ask();
input.on('data', (chunk) => {
  for (const byte of chunk) {
    if (byte !== 0x0d && byte !== 0x0a) {
      got = Buffer.concat([got, Buffer.from([byte])]);
      continue;
    }
    console.log(`got ${hex(got) || 'nothing'} then ${byte === 0x0d ? 'enter' : 'newline'}`);
    got = Buffer.alloc(0);
    left -= 1;
    if (left === 0) process.exit(0);
    ask();
  }
});

function ask() {
  console.log(`${question}\n❯ 1. Yes\n  2. Yes, and don't ask again\n  3. No, and say what to do instead\n`);
}
