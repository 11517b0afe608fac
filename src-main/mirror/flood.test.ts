import { expect, test } from 'vitest';
import { terminalFrame } from '#shared/domain/terminal.ts';
import { learnCharsets } from './charsets.ts';
import { Flood } from './flood.ts';
import { Replica } from './replica.ts';
import { wholeState } from './whole-state.ts';

const nameOf = learnCharsets();
const size = { cols: 40, rows: 10 };
const history = 100;

const log = (count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const style = index % 50 === 3 ? `\x1b[4${index % 7}m` : index % 50 === 9 ? '\x1b[0m' : '';
    return `${style}line ${index} — ${'text '.repeat(index % 17)}\x1b[3${index % 8}mcoloured`;
  }).join('\r\n');

const floods: Readonly<Record<string, readonly [text: string, least: number]>> = {
  'of plain text': [log(20_000), 0.9],
  'with a title in the middle': [`${log(9000)}\x1b]2;half\x07\r\n${log(9000)}`, 0.8],
  'that ends in a full-screen program': [`${log(20_000)}\x1b[?1049h\x1b[H\x1b[2Jscreen`, 0.9],
  'on the alternate screen': [`\x1b[?1049h${log(5000)}`, 0],
  'within margins': [`\x1b[3;7r${log(5000)}`, 0],
  'of drawing characters': [`\x0e${log(3000)}\x0f${log(5000)}`, 0],
  'without line breaks': ['x'.repeat(300_000), 0],
  'of a line that is rewritten': [`progress\r${'50 %\r'.repeat(60_000)}`, 0],
};

test.for(Object.entries(floods))('a flood %s leaves the same screen and history', ([, [text, least]]) => {
  const bytes = new TextEncoder().encode(`before\r\n\x1b[1m${text}`);
  const whole = new Replica(size, nameOf, history);
  whole.feed(bytes);
  const { replica, parsed } = hurried(bytes);
  expect(wholeState(replica.core, nameOf)).toEqual(wholeState(whole.core, nameOf));
  expect(replica.offset).toBe(bytes.length);
  expect(1 - parsed / bytes.length).toBeGreaterThanOrEqual(least);
});

function hurried(bytes: Uint8Array): { replica: Replica; parsed: number } {
  const replica = new Replica(size, nameOf, history);
  const flood = new Flood(history, 20_000);
  let parsed = 0;
  const play = ({ jump, frames }: ReturnType<Flood['end']>): void => {
    if (jump !== null) replica.skipTo(jump.offset, jump.colours);
    for (const frame of frames) parsed += replica.apply(frame);
  };
  for (let offset = 0; offset < bytes.length; offset += 4095) {
    const payload = bytes.subarray(offset, offset + 4095);
    play(flood.push({ type: terminalFrame.output, channel: 0, offset, payload }, replica));
  }
  play(flood.end());
  return { replica, parsed };
}
