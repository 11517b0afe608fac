import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { terminalLimits } from '#shared/domain/terminal-limits.ts';
import { learnCharsets } from './charsets.ts';
import { spinnerAgent } from './fixtures/spinner-agent.ts';
import { Replica } from './replica.ts';
import { wholeState } from './whole-state.ts';

const nameOf = learnCharsets();
const size = { cols: 80, rows: 24 };
const cuts = 25;

describe('checkpoint and tail give the screen of the whole output, wherever real programs are cut', () => {
  test.for(['vim', 'less', 'htop', 'tmux'])('%s, recorded', (name) => {
    expectRightCuts(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.ansi`)));
  });

  test('an agent with a spinner', () => {
    expectRightCuts(Buffer.from([...spinnerAgent(400, size.cols)].join('')));
  });

  const script = installed('script');
  test.skipIf(!script || !installed('vim'))('vim, as installed here', async () => {
    expectRightCuts(
      await record('vim -N -u NONE -i NONE -c "syntax on" -c "normal G" -c vsplit -c redraw -c q! -c q! package.json'),
    );
  });

  test.skipIf(!script || !installed('tmux'))('tmux, as installed here', async () => {
    const socket = `athene-mirror-test-${process.pid}`;
    const inner = `seq 1 50; ls --color=always; printf '\\033[31mred — \\033[m'; sleep 0.3`;
    expectRightCuts(await record(`tmux -L ${socket} -f /dev/null new-session "${inner}"`));
  });
});

function expectRightCuts(bytes: Uint8Array): void {
  expect(bytes.length).toBeGreaterThan(500);
  const random = seeded(bytes.length);
  const wrong: number[] = [];
  for (let count = 0; count < cuts; count += 1) {
    const at = Math.floor(random() * bytes.length);
    // Programs clear up when they end: what counts is every screen on the way.
    const until = at + Math.floor(random() * (bytes.length - at));
    const whole = wholeState(feed(new Replica(size, nameOf), bytes.subarray(0, until)).core, nameOf);
    const cut = feed(new Replica(size, nameOf), bytes.subarray(0, at)).cut();
    if (cut === null) continue;
    const continued = feed(Replica.fromCut(cut, nameOf), bytes.subarray(cut.offset, until));
    if (JSON.stringify(wholeState(continued.core, nameOf)) !== JSON.stringify(whole)) wrong.push(at);
  }
  expect(wrong).toEqual([]);
}

function feed(replica: Replica, bytes: Uint8Array): Replica {
  for (let at = 0; at < bytes.length; at += terminalLimits.slice)
    replica.feed(bytes.subarray(at, at + terminalLimits.slice));
  return replica;
}

async function record(command: string): Promise<Uint8Array> {
  const options = { encoding: 'buffer', env: { ...process.env, TERM: 'xterm-256color', TMUX: '' } } as const;
  const typescript = `stty cols ${size.cols} rows ${size.rows}; ${command}`;
  const { stdout } = await promisify(execFile)('script', ['-qfec', typescript, '/dev/null'], options);
  return stdout;
}

function installed(program: string): boolean {
  try {
    execFileSync('which', [program]);
    return true;
  } catch {
    // Not there: its test is left out.
    return false;
  }
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
