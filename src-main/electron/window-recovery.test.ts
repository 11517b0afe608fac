import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ask } from './ask.ts';
import { fakeDesk } from './fixtures/fake-windows.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Questions wait in `asked` until one of their answers is given. */
function setUp() {
  const asked: { message: string; answer: (answer: string) => Promise<void> }[] = [];
  const ask: Ask = ({ message, answers, cancel, signal }) =>
    new Promise((resolve) => {
      const give = (answer: string): void => {
        if (!(answer in answers)) throw new Error(`There is no answer ${answer}`);
        resolve({ answer: answer as typeof cancel, isChecked: false });
      };
      signal?.addEventListener('abort', () => give(cancel));
      asked.push({
        message,
        answer: async (answer) => {
          give(answer);
          await vi.advanceTimersByTimeAsync(0);
        },
      });
    });
  const desk = fakeDesk({ ask });
  desk.windows.restore(() => true);
  const [window] = desk.made;
  if (window === undefined) throw new Error('There is no window');
  const die = async (reason = 'crashed', after = 1_000): Promise<void> => {
    await vi.advanceTimersByTimeAsync(after);
    window.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { window, asked, die };
}

describe('a page that dies', () => {
  it('is loaded anew, three times within a minute, and then the person is asked', async () => {
    const { window, asked, die } = setUp();
    for (let count = 0; count < 3; count += 1) await die();
    expect([window.loaded.length, asked]).toEqual([4, []]);
    await die();
    await die();
    expect([window.loaded.length, asked.map(({ message }) => message)]).toEqual([4, ['This window keeps failing.']]);
    await asked[0]?.answer('reload');
    expect(window.loaded).toHaveLength(5);
    await die();
    expect([window.loaded.length, asked.length]).toEqual([6, 1]);
  });

  it('now and then is loaded anew for ever', async () => {
    const { window, asked, die } = setUp();
    for (let count = 0; count < 20; count += 1) await die('oom', 25_000);
    expect([window.loaded.length, asked]).toEqual([21, []]);
  });

  it('of which the person has enough is closed', async () => {
    const { window, asked, die } = setUp();
    for (let count = 0; count < 4; count += 1) await die();
    await asked[0]?.answer('close');
    expect([window.isGone, window.loaded.length]).toEqual([true, 4]);
  });

  it('because it was closed is let go', async () => {
    const { window, die } = setUp();
    await die('clean-exit');
    expect(window.loaded).toHaveLength(1);
    window.webContents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 1 });
    window.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(window.loaded).toHaveLength(1);
  });
});

describe('a page that can’t be loaded', () => {
  it.each([
    ['is loaded again', [-102, true], 2],
    ['is left alone when another load replaced it', [-3, true], 1],
    ['is left alone when only a frame in it failed', [-102, false], 1],
  ] as const)('%s', async (_, [code, isMainFrame], loads) => {
    const { window } = setUp();
    window.webContents.emit('did-fail-load', {}, code, 'why', 'athene://app/', isMainFrame);
    await vi.advanceTimersByTimeAsync(0);
    expect(window.loaded).toHaveLength(loads);
  });
});

describe('a page that does not answer', () => {
  it('is waited for or made anew, as the person likes', async () => {
    const { window, asked } = setUp();
    window.emit('unresponsive');
    window.emit('unresponsive');
    await asked[0]?.answer('wait');
    expect([asked.length, window.loaded.length]).toEqual([1, 1]);
    window.emit('unresponsive');
    await asked[1]?.answer('reload');
    expect([asked.length, window.loaded.length]).toEqual([2, 2]);
  });

  it('takes its question back when it answers again', async () => {
    const { window, asked } = setUp();
    window.emit('unresponsive');
    window.emit('responsive');
    await vi.advanceTimersByTimeAsync(0);
    expect(window.loaded).toHaveLength(1);
    window.emit('unresponsive');
    expect(asked).toHaveLength(2);
  });
});
