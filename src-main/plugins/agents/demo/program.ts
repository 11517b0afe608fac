// The demo agent: a scripted program that looks and behaves like a polite coding agent, so that everything can be tried
// without an account. It is started by its path, on its own, and uses nothing but Node.
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { askLine } from './program-ask.ts';
import { KeyReader } from './program-keys.ts';
import { Screen } from './program-screen.ts';
import { currentBranch, type Desk, work } from './program-work.ts';

/** Milliseconds in which a second Ctrl+C means "exit". */
const twice = 2000;

const { values } = parseArgs({
  options: { prompt: { type: 'string' }, fast: { type: 'boolean', default: false } },
  strict: false,
});

await main({
  prompt: typeof values.prompt === 'string' && values.prompt.trim() !== '' ? values.prompt.trim() : null,
  fast: values.fast === true,
});

/** Ends the process: 0 after `exit` or Ctrl+D, 130 after Ctrl+C twice, 128 + n after a signal. */
async function main({ prompt, fast }: { prompt: string | null; fast: boolean }): Promise<void> {
  const screen = new Screen(process.stdout, process.env);
  const keys = new KeyReader(process.stdin);
  const desk: Desk = { screen, keys, directory: process.cwd(), pause: fast ? async () => {} : pause, trusted: false };
  endOnSignals(screen, keys);
  keys.start();
  screen.start();
  greet(desk);
  const code = await converse(desk, prompt);
  screen.stop();
  keys.stop();
  process.exit(code);
}

async function converse(desk: Desk, first: string | null): Promise<number> {
  let task = first;
  if (task !== null) desk.screen.print('', desk.screen.bold(`❯ ${task.replaceAll(/\s+/g, ' ')}`), '');
  let worked = false;
  let interruptedAt = -Infinity;
  for (;;) {
    if (task !== null) {
      await turn(desk, task, worked);
      worked = true;
    }
    const line = await askLine(desk, worked ? 'What next? (exit to leave)' : 'What should I do? (exit to leave)');
    task = line.kind === 'text' ? line.text : null;
    if (line.kind === 'end' || task === 'exit' || task === '/exit' || task === 'quit') return bye(desk);
    if (line.kind !== 'interrupt') continue;
    if (performance.now() - interruptedAt < twice) return 130;
    interruptedAt = performance.now();
    desk.screen.print(desk.screen.dim('Press Ctrl+C again to exit'));
  }
}

/** The first task is really done, and `again` does one more; anything else is talked about. */
async function turn(desk: Desk, task: string, worked: boolean): Promise<void> {
  desk.screen.title(task);
  const interrupt = new AbortController();
  const stop = desk.keys.onInterrupt(() => interrupt.abort());
  try {
    if (!worked || /^again\b/i.test(task)) await work(desk, task, interrupt.signal);
    else await talk(desk, task, interrupt.signal);
  } catch (error) {
    desk.screen.clearLive();
    if (error instanceof Error && error.name === 'AbortError')
      desk.screen.print(`  └ ${desk.screen.red('Interrupted')} · what should I do instead?`);
    else
      desk.screen.print(
        `${desk.screen.red('●')} That failed: ${error instanceof Error ? error.message : String(error)}`,
      );
  } finally {
    stop();
    desk.screen.title('');
  }
}

async function talk({ screen, pause: wait }: Desk, task: string, signal: AbortSignal): Promise<void> {
  await wait(400, signal);
  const short = task.replaceAll(/\s+/g, ' ').slice(0, 200);
  screen.print(
    '',
    `${screen.accent('●')} You said: ${short}`,
    '  └ A real agent would read the files this touches, change them, run the tests and report back.',
    screen.dim('    I am a script. Say "again …" and I make another small change, or "exit".'),
  );
}

function greet({ screen, directory }: Desk): void {
  const branch = currentBranch(directory);
  screen.box([
    `${screen.accent('✻')} ${screen.bold('Athene demo agent')}`,
    screen.dim(`${basename(directory)}${branch === null ? '' : ` · ${branch}`}`),
    screen.dim('a script, not an AI: it reads, edits, asks and commits'),
  ]);
}

function bye({ screen }: Desk): number {
  screen.print(screen.dim('Bye.'));
  return 0;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal });
}

function endOnSignals(screen: Screen, keys: KeyReader): void {
  const numbers = { SIGHUP: 1, SIGTERM: 15 } as const;
  for (const [signal, number] of Object.entries(numbers))
    process.on(signal, () => {
      screen.stop();
      keys.stop();
      process.exit(128 + number);
    });
  // Without a terminal Ctrl+C comes as a signal instead of a byte.
  process.on('SIGINT', () => keys.interrupt());
}
