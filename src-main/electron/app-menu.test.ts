import type { BrowserWindow } from 'electron';
import { beforeEach, expect, it, vi } from 'vitest';
import { recordedDesktop } from './fixtures/recorded-desktop.ts';
import { recordedSurroundings } from './fixtures/recorded-surroundings.ts';
import { sampleSession } from './fixtures/sample-session.ts';

const { electron, record } = recordedSurroundings();
vi.doMock('electron', () => electron);
const { openApplicationMenu } = await import('./app-menu.ts');

beforeEach(() => {
  record.applicationMenus.length = 0;
  record.edits.length = 0;
  record.about = 0;
});

interface Item {
  readonly label?: string;
  readonly submenu?: readonly Item[];
  readonly click?: () => void;
}
const items = (): Item[] => {
  const flat = (item: Item): Item[] => [item, ...(item.submenu ?? []).flatMap(flat)];
  const template: readonly unknown[] = record.applicationMenus.at(-1)?.template ?? [];
  return (template as readonly Item[]).flatMap(flat);
};
const choose = (label: string): void => {
  const item = items().find((one) => one.label === label);
  if (item?.click === undefined) throw new Error(`Nothing to choose is called ${label}`);
  item.click();
};

it('leaves commands to the focused window, and does the rest', () => {
  const { desktop, be, asked } = recordedDesktop();
  const menu = openApplicationMenu(desktop, 'linux');
  be({ views: [{ id: 'w1', kind: 'main', alwaysOnTop: false }] });
  for (const label of ['Pop out', 'Athene', 'Paste', 'Select all', 'Full screen', 'Minimize', 'About Athene', 'Quit'])
    choose(label);
  menu.close();
  expect([asked, record.edits, record.about]).toEqual([
    ['command pop-out', 'focusWindow w1', 'quit'],
    ['paste', 'selectAll', 'full screen true', 'minimize'],
    1,
  ]);
});

it('is made anew when windows or their states change, and not otherwise', () => {
  const { desktop, be, listening } = recordedDesktop();
  const menu = openApplicationMenu(desktop, 'linux');
  be({ sessions: [sampleSession('a', 'working')] });
  const before = record.applicationMenus.length;
  be({ views: [{ id: 'w1', kind: 'session', session: 'a', alwaysOnTop: false }] });
  be({ sessions: [sampleSession('a', 'asks-you'), sampleSession('b', 'working')] });
  be({ sessions: [sampleSession('a', 'asks-you'), sampleSession('b', 'asks-you')] });
  menu.close();
  const labels = items().map(({ label }) => label);
  expect([before, record.applicationMenus.length, labels.includes('a · Asks you'), listening()]).toEqual([
    1,
    3,
    true,
    0,
  ]);
});

it('is popped up where a window asks for it', () => {
  const { desktop } = recordedDesktop();
  const menu = openApplicationMenu(desktop, 'linux');
  menu.popUp({} as unknown as BrowserWindow, 12, 40);
  menu.close();
  expect(record.popUps).toEqual([{ x: 12, y: 40 }]);
});
