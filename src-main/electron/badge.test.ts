import { beforeEach, expect, it, vi } from 'vitest';
import { recordedDesktop } from './fixtures/recorded-desktop.ts';
import { recordedSurroundings } from './fixtures/recorded-surroundings.ts';
import { sampleSession } from './fixtures/sample-session.ts';

const { electron, record } = recordedSurroundings();
vi.doMock('electron', () => electron);
const { keepBadge } = await import('./badge.ts');

beforeEach(() => {
  record.badges.length = 0;
  record.overlays.length = 0;
});

const waiting = (count: number) => Array.from({ length: count }, (_, n) => sampleSession(`s${n}`, 'asks-you'));
const others = (['working', 'crashed', 'done', 'ready-to-land', 'idle'] as const).map((state) =>
  sampleSession(state, state),
);

it.each(['darwin', 'linux'] as const)(
  'counts on %s what waits and nothing else, and leaves no number behind',
  (platform) => {
    const { desktop, be, listening } = recordedDesktop();
    const badge = keepBadge(desktop, platform);
    be({ sessions: others });
    be({ sessions: [...others, ...waiting(3)] });
    be({ sessions: waiting(3) });
    badge.close();
    be({ sessions: waiting(4) });
    expect([record.badges, record.overlays, listening()]).toEqual([[0, 3, 0], [], 0]);
  },
);

it('is a picture on each window of Windows, with words for who does not see it', () => {
  const { desktop, be, listening } = recordedDesktop();
  const badge = keepBadge(desktop, 'win32');
  be({ sessions: waiting(1) });
  be({ views: [{ id: '1', kind: 'main', alwaysOnTop: false }] });
  be({ sessions: waiting(12) });
  badge.close();
  expect([record.overlays, record.badges, listening()]).toEqual([
    [
      [null, ''],
      ['overlay-1.png', '1 agent is waiting'],
      ['overlay-1.png', '1 agent is waiting'],
      ['overlay-9-plus.png', '12 agents are waiting'],
      [null, ''],
    ],
    [],
    0,
  ]);
});
