import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const done: string[] = [];
const app = Object.assign(new EventEmitter(), {
  quit: () => void done.push('app.quit'),
  exit: (code: number) => void done.push(`app.exit ${code}`),
  releaseSingleInstanceLock: () => void done.push('lock released'),
});
const powerMonitor = new EventEmitter();
const stuck = { destroy: () => void done.push('window destroyed') };
vi.mock('electron', () => ({ app, powerMonitor, BrowserWindow: { getAllWindows: () => [stuck] } }));
const { openWayOut } = await import('./leaving.ts');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  for (const emitter of [app, powerMonitor]) emitter.removeAllListeners();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.removeAllListeners(signal);
  done.length = 0;
});

function setUp({ close = async () => void done.push('closed') } = {}) {
  const answers: ((may: boolean) => void)[] = [];
  const logged: string[] = [];
  const wayOut = openWayOut({
    mayQuit: () => new Promise((resolve) => void answers.push(resolve)),
    freeze: () => void done.push('frozen'),
    close,
    log: (_level, event) => void logged.push(event),
  });
  const answer = async (may: boolean): Promise<void> => {
    answers.at(-1)?.(may);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { wayOut, answers, answer, logged };
}

/** As Electron tells it; says whether it was held up. */
function tell(event: 'before-quit' | 'will-quit'): boolean {
  let isHeld = false;
  app.emit(event, { preventDefault: () => (isHeld = true) });
  return isHeld;
}

describe('quitting', () => {
  it('asks once, however often it is chosen, and stays when the person wants to', async () => {
    const { wayOut, answers, answer } = setUp();
    wayOut.quit();
    wayOut.quit();
    expect([tell('before-quit'), answers.length]).toEqual([true, 1]);
    await answer(false);
    expect(done).toEqual([]);
    wayOut.quit();
    expect(answers).toHaveLength(2);
  });

  it('keeps the windows for the next run, then lets go of everything, then ends', async () => {
    const { wayOut, answer } = setUp();
    wayOut.quit();
    await answer(true);
    expect(done).toEqual(['frozen', 'app.quit']);
    expect([tell('before-quit'), tell('will-quit')]).toEqual([false, true]);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.slice(2)).toEqual(['lock released', 'closed', 'app.exit 0']);
    expect(tell('will-quit')).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(done.filter((one) => one === 'closed')).toHaveLength(1);
  });

  it('goes without an answer when it could not be asked', async () => {
    openWayOut({
      mayQuit: () => Promise.reject(new Error('no box')),
      freeze: () => void done.push('frozen'),
      close: async () => undefined,
      log: () => undefined,
    }).quit();
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toEqual(['frozen', 'app.quit']);
  });

  it('waits neither for a page that does not answer nor for ever for what is under way', async () => {
    const { wayOut } = setUp({ close: () => new Promise(() => undefined) });
    wayOut.leave();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(done).toEqual(['frozen', 'app.quit', 'window destroyed']);
    tell('will-quit');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(done.at(-1)).toBe('app.exit 0');
  });

  it('ends although something could not be closed, and says so', async () => {
    const { wayOut, logged } = setUp({ close: () => Promise.reject(new AggregateError([], 'bad')) });
    wayOut.leave();
    tell('will-quit');
    await vi.advanceTimersByTimeAsync(0);
    expect([done.at(-1), logged]).toEqual(['app.exit 0', ['close.failed']]);
  });
});

describe('nobody is asked', () => {
  it.each([
    ...(['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map((signal) => [signal, () => process.emit(signal)] as const),
    ['the end of the system', () => powerMonitor.emit('shutdown')] as const,
  ])('at %s, also while the question stands', async (_, end) => {
    const { wayOut, answers, answer } = setUp();
    wayOut.quit();
    end();
    end();
    expect([answers.length, done]).toEqual([1, ['frozen', 'app.quit']]);
    expect(tell('before-quit')).toBe(false);
    await answer(true);
    expect(done).toEqual(['frozen', 'app.quit']);
  });
});
