import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { mostArrangements, noWindows, openWindowState, placeOn, withPlace, type WindowState } from './window-state.ts';

let directory: string;
const logged: string[] = [];
const open = () => openWindowState({ directory, log: (_level, event) => void logged.push(event), now: () => 0 });
const file = (): string => join(directory, 'windows.json');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'athene-windows-'));
  logged.length = 0;
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const state: WindowState = {
  ...noWindows,
  windows: [
    {
      id: '01900000-0000-7000-8000-000000000001',
      kind: 'session',
      session: 'api-7',
      places: [{ displays: 'one', bounds: { x: 1, y: 2, width: 300, height: 400 } }],
      size: 'maximized',
      alwaysOnTop: true,
      layout: {
        place: '#/session/api-7',
        sidebar: 'rail',
        inspector: false,
        closedProjects: ['web'],
        conversations: ['api-7'],
      },
    },
  ],
  toldOfClosing: true,
};

it('gives back what was saved, and only the person can read it', () => {
  open().save(state);
  expect(open().state).toEqual(state);
  if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test.each([
  ['nothing', ''],
  ['no JSON', '{"version":1,'],
  ['another version', JSON.stringify({ ...noWindows, version: 2 })],
  ['a session id that is a path', JSON.stringify(state).replaceAll('api-7', '../../x')],
  ['a place outside of the page', JSON.stringify(state).replace('#/session/api-7', 'https://evil.invalid/')],
  ['a thousand windows', JSON.stringify({ ...state, windows: Array(1000).fill(state.windows[0]) })],
  ['an extra key', JSON.stringify({ ...noWindows, __proto__x: 1 })],
])('a file with %s is put aside as it is, and nothing is lost of it', (_, text) => {
  writeFileSync(file(), text);
  const opened = open();
  expect(opened.state).toEqual(noWindows);
  expect(opened.putAside).toMatch(/windows\.json\.corrupt-1970-01-01T00-00-00\.000Z$/);
  expect(readFileSync(opened.putAside ?? '', 'utf8')).toBe(text);
  opened.save(state);
  expect(open().state).toEqual(state);
});

it('opens without windows where the file is a directory', () => {
  mkdirSync(file());
  expect(open().state).toEqual(noWindows);
  expect(logged).toContain('windows.unreadable');
  expect(readdirSync(directory).some((name) => name.startsWith('windows.json'))).toBe(true);
});

it('says so and goes on when nothing can be written', () => {
  const opened = open();
  rmSync(directory, { recursive: true });
  writeFileSync(directory, '');
  opened.save(state);
  expect(logged).toEqual(['windows.save-failed']);
  expect(existsSync(file())).toBe(false);
});

test('places of the arrangements that were used last are remembered', () => {
  const bounds = (x: number) => ({ x, y: 0, width: 800, height: 600 });
  let places = state.windows[0]?.places ?? [];
  for (let index = 0; index < 20; index += 1) places = withPlace(places, `displays ${index}`, bounds(index));
  places = withPlace(places, 'displays 15', bounds(99));
  expect(places).toHaveLength(mostArrangements);
  expect(placeOn({ places }, 'displays 15')).toEqual(bounds(99));
  expect(placeOn({ places }, 'one')).toBeNull();
});
