// A program that printed something worth looking at and echoes what is typed; `flood` and Enter prints 500 lines.
import { decodeSize, encodeSize, terminalFrame } from '#shared/domain/terminal.ts';
import type { ByteLane } from '#shared/rpc/byte-lane.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const esc = '\x1b[';
const dim = (text: string) => `${esc}90m${text}${esc}0m`;
const bold = (text: string) => `${esc}1m${text}${esc}0m`;
const green = (text: string) => `${esc}32m${text}${esc}0m`;
const blue = (text: string) => `${esc}34m${text}${esc}0m`;

const screen = [
  ...Array.from({ length: 60 }, (_, index) => dim(`earlier line ${index + 1}`)),
  `${green('●')} ${bold('Update')}(src/auth/refresh-token.ts)`,
  `  ${dim('⎿')}  Updated ${bold('src/auth/refresh-token.ts')} with ${bold('5')} additions and ${bold('2')} removals`,
  `       ${dim('41')}    const stored = await tokens.find(hash(presented))`,
  `       ${dim('42')}    if (!stored) throw new InvalidToken()`,
  `${esc}48;2;58;41;46m       43 -  if (stored.used) throw new InvalidToken()${esc}K${esc}0m`,
  `${esc}48;2;32;54;47m       43 +  if (stored.rotatedTo) {${esc}K${esc}0m`,
  `${esc}48;2;32;54;47m       44 +    // A rotated token seen again means theft: end the whole family.${esc}K${esc}0m`,
  '',
  `${green('⏺')} ${bold('Bash')}(npx vitest run src/auth)`,
  `  ${dim('⎿')}  ${green('✔')} src/auth/refresh-token.test.ts ${dim('(14 tests) 212ms')}`,
  `     ${green('✓')} src/auth/token-family.test.ts ${dim('(9 tests)  168ms')}`,
  `     ${green('✓')} src/auth/session-cookie.test.ts ${dim('(11 tests) 97ms')}`,
  '',
  `        ${dim('Test Files')}  ${green('3 passed')} (3)`,
  `             ${dim('Tests')}  ${green('34 passed')} (34)`,
  '',
  `${esc}35m✻${esc}0m Thinking… ${dim('see https://example.org/docs/tokens?x=1 for the rules')}`,
  `${bold('●')} Rotation and reuse detection work. One decision is yours before I touch production data:`,
  '  212 refresh tokens were issued before this change and have no family.',
  '',
  dim('─'.repeat(96)),
  ` ${blue('☐ Old tokens')}`,
  '',
  ' Should refresh tokens issued before the rotation stay valid while clients move over?',
  '',
  ` ${blue('❯ 1. Yes, for 24 hours')}`,
  `      ${dim('Old tokens are exchanged once, then belong to a family')}`,
  '   2. No, revoke now',
  `      ${dim('212 users sign in again')}`,
  '',
  `${esc}30m█${esc}31m█${esc}32m█${esc}33m█${esc}34m█${esc}35m█${esc}36m█${esc}37m█${esc}90m█${esc}91m█${esc}92m█${esc}93m█${esc}94m█${esc}95m█${esc}96m█${esc}97m█${esc}0m ⠋ ⣿ ┌─┐│└┘ 日本語 → □ │`,
  ` ${dim('Enter to select · ↑/↓ to navigate · Esc to cancel')} `,
].join('\r\n');

const programs = new Map<string, { text: string; size: { cols: number; rows: number }; line: string }>();

/** Output that nobody typed for: to the terminals that are open on the program. */
export const printers = new Map<string, (text: string) => void>();

export function fakeTerminal(id: string, from: 'screen' | number, lane: ByteLane, grantsLease: boolean): void {
  const program = programs.get(id) ?? { text: screen, size: { cols: 118, rows: 32 }, line: '' };
  programs.set(id, program);
  let offset = encoder.encode(program.text).length;
  const print = (text: string): void => {
    const bytes = encoder.encode(text);
    program.text += text;
    lane.send(terminalFrame.output, offset, bytes);
    offset += bytes.length;
  };
  printers.set(id, print);
  if (from === 'screen') {
    const text = encoder.encode(program.text);
    const payload = new Uint8Array(5 + text.length);
    payload.set(encodeSize(program.size));
    payload.set(text, 5);
    lane.send(terminalFrame.snapshot, offset, payload);
  } else if (from < offset) lane.send(terminalFrame.output, from, encoder.encode(program.text).subarray(from));
  lane.send(terminalFrame.lease, offset, Uint8Array.of(grantsLease ? 1 : 0));
  lane.onFrame(({ type, payload }) => {
    if (type === terminalFrame.leaseRequest) lane.send(terminalFrame.lease, offset, Uint8Array.of(1));
    if (type === terminalFrame.resizeRequest) {
      program.size = decodeSize(payload);
      lane.send(terminalFrame.resize, offset, encodeSize(program.size));
    }
    if (type === terminalFrame.input) for (const char of decoder.decode(payload)) typed(char);
  });

  function typed(char: string): void {
    if (char !== '\r') {
      program.line += char;
      return print(char);
    }
    const line = program.line;
    program.line = '';
    print('\r\n');
    if (line.endsWith('flood')) print(Array.from({ length: 500 }, (_, index) => `flood ${index + 1}\r\n`).join(''));
  }
}
