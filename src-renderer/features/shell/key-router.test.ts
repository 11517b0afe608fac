import { beforeEach, describe, expect, it, vi } from 'vitest';
import { commandNames, type CommandName } from '#shared/domain/key-map.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { WindowView } from '#shared/domain/window.ts';
import { ledSessions } from '../../dev/sample-led.ts';
import { busySessions, sampleProjects } from '../../dev/samples.ts';
import { createStore } from '../../lib/store.ts';
import { uuidv7 } from '../../lib/uuid.ts';
import type { App } from '../../state/app.ts';
import { createView } from '../../state/view.ts';
import type { Desktop } from '../../state/desktop.ts';
import type { Windows } from '../../state/windows.ts';
import type { Surroundings } from '../app-context.tsx';
import { choose } from './choices.ts';
import { run } from './key-router.ts';

const mainWindow: WindowView = { id: uuidv7(), kind: 'main', alwaysOnTop: false };
const ownWindow: WindowView = { id: uuidv7(), kind: 'session', alwaysOnTop: false, session: 'api-13' };
let asked: (readonly unknown[])[] = [];
beforeEach(() => {
  asked = [];
  vi.stubGlobal('document', { activeElement: null });
  return () => vi.unstubAllGlobals();
});

function surroundings({
  self = mainWindow,
  others = [],
  neverOnTop = null,
  sessions = busySessions(),
}: {
  readonly self?: WindowView;
  readonly others?: readonly WindowView[];
  readonly neverOnTop?: string | null;
  readonly sessions?: readonly SessionView[];
} = {}): Surroundings {
  const note =
    (name: string) =>
    (...given: unknown[]) =>
      void asked.push([name, ...given]);
  const windows: Windows = {
    self: createStore(self),
    all: createStore([self, ...others]),
    neverOnTop,
    open: note('open'),
    close: () => asked.push(['close']) > 0,
    popOut: note('popOut'),
    bringBack: note('bringBack'),
    runInMain: note('runInMain'),
    setAlwaysOnTop: note('setAlwaysOnTop'),
    onChoice: () => () => undefined,
  };
  const app: Partial<App> = {
    view: createView({ place: { kind: 'session', id: 'api-13' } }),
    windows,
    desktop: {} as Desktop,
    sessions: createStore<readonly SessionView[] | null>(sessions),
    projects: createStore<App['projects'] extends { get(): infer T } ? T : never>(sampleProjects),
    coordinators: { all: createStore(null), metas: createStore([]), look: async () => undefined },
    spawns: createStore<App['spawns'] extends { get(): infer T } ? T : never>([]),
  };
  return { app: app as App, terminal: { current: null } };
}

describe('a main window', () => {
  it.each<[CommandName, readonly unknown[]]>([
    ['new-window', ['open']],
    ['close-window', ['close']],
    ['pop-out', ['popOut', 'api-13']],
    ['always-on-top', ['setAlwaysOnTop', true]],
  ])('%s', (command, expected) => {
    expect([run(command, surroundings()), asked]).toEqual([true, [expected]]);
  });

  it('brings back only what has a window of its own', () => {
    const nothing = run('bring-back', surroundings());
    const something = run('bring-back', surroundings({ others: [ownWindow] }));
    expect([nothing, something, asked]).toEqual([false, true, [['bringBack', 'api-13']]]);
  });

  it('goes to the one that waits longest, then to the next, and round', () => {
    const around = surroundings();
    const seen = [1, 2, 3, 4].map(() => {
      run('next-attention', around);
      const { place } = around.app.view.get();
      return place.kind === 'session' ? place.id : place.kind;
    });
    expect(seen).toEqual(['api-11', 'api-12', 'web-25', 'api-16']);
  });

  it('goes from tab to tab of the session at hand, round at the ends', () => {
    const around = surroundings();
    const talks = () => [...around.app.view.get().conversations];
    const seen = (['next-tab', 'next-tab', 'previous-tab'] as const).map((command) => [run(command, around), talks()]);
    expect(seen).toEqual([
      [true, ['api-13']],
      [true, []],
      [true, ['api-13']],
    ]);
    around.app.view.go({ kind: 'home' });
    expect(run('next-tab', around)).toBe(false);
  });

  it('shows the orchestrator of the project at hand, or the way to start it', () => {
    const without = surroundings();
    const withOne = surroundings({ sessions: [...busySessions(), ...ledSessions()] });
    expect([run('orchestrator', without), run('orchestrator', withOne)]).toEqual([true, true]);
    expect([without.app.view.get().leading, withOne.app.view.get().place]).toEqual([
      { kind: 'orchestrator', project: 'api' },
      { kind: 'session', id: 'api-orchestrator' },
    ]);
    const nowhere = surroundings();
    nowhere.app.view.go({ kind: 'home' });
    expect(run('orchestrator', nowhere)).toBe(false);
  });

  it('comes back from a chain of jumps to where it began, with the terminal that was shown there', () => {
    const around = surroundings();
    const { view } = around.app;
    view.update((now) => ({
      ...now,
      terminals: new Map([
        ['api-13', 'a shell'],
        ['api-11', 'another'],
      ]),
    }));
    run('next-attention', around);
    const first = view.get();
    run('next-attention', around);
    const back = run('back-to-origin', around);
    const { place, terminals, origin } = view.get();
    expect([[...first.terminals], first.focusCard, back, place, [...terminals], origin]).toEqual([
      [['api-13', 'a shell']],
      1,
      true,
      { kind: 'session', id: 'api-13' },
      [
        ['api-13', 'a shell'],
        ['api-11', 'another'],
      ],
      null,
    ]);
    expect(run('back-to-origin', around)).toBe(false);
  });

  it('begins another chain where somebody went by themselves', () => {
    const around = surroundings();
    run('next-attention', around);
    around.app.view.go({ kind: 'settings' });
    run('next-attention', around);
    run('back-to-origin', around);
    expect(around.app.view.get().place).toEqual({ kind: 'settings' });
  });

  it.each<[string, string, string | null]>([
    ['the session at hand, when it asks', 'api-12', 'api-12'],
    ['the longest waiting one, from anywhere else', 'web-23', 'api-11'],
  ])('answers %s without going there', (_, here, expected) => {
    const around = surroundings();
    around.app.view.go({ kind: 'session', id: here });
    const taken = run('quick-reply', around);
    const { place, quickReply } = around.app.view.get();
    expect([taken, place, quickReply]).toEqual([true, { kind: 'session', id: here }, expected]);
  });

  it('brings the own window of the next one forward', () => {
    const own: WindowView = { id: uuidv7(), kind: 'session', alwaysOnTop: false, session: 'api-11' };
    run('next-attention', surroundings({ others: [own] }));
    expect(asked).toEqual([['popOut', 'api-11']]);
  });

  it('leaves the key to the terminal when nobody waits', () => {
    expect(run('next-attention', surroundings({ sessions: [] }))).toBe(false);
  });

  it('says why a browser can not stay on top', () => {
    const around = surroundings({ neverOnTop: 'A browser can not.' });
    run('always-on-top', around);
    expect([asked, around.app.view.get().toasts.map(({ text }) => text)]).toEqual([[], ['A browser can not.']]);
  });

  it('copies what is marked on the page where the terminal has nothing marked', () => {
    const copied: string[] = [];
    vi.stubGlobal('navigator', { clipboard: { writeText: (text: string) => Promise.resolve(copied.push(text)) } });
    vi.stubGlobal('getSelection', () => 'marked');
    expect([run('copy', surroundings()), copied]).toEqual([true, ['marked']]);
    vi.stubGlobal('getSelection', () => null);
    expect([run('copy', surroundings()), copied]).toEqual([false, ['marked']]);
  });

  it('does nothing behind an overlay but what is about the window', () => {
    const around = surroundings();
    around.app.view.update((view) => ({ ...view, dialog: {} }));
    vi.stubGlobal('getSelection', () => null);
    const taken = commandNames.filter((command) => run(command, around));
    expect(taken).toEqual(['new-window', 'close-window', 'always-on-top']);
  });
});

describe("a session's own window", () => {
  it.each(['new-session', 'settings', 'home', 'next-attention', 'quick-reply'] as const)(
    'hands %s to a main one',
    (command) => {
      expect([run(command, surroundings({ self: ownWindow })), asked]).toEqual([true, [['runInMain', command]]]);
    },
  );

  it.each(['toggle-sidebar', 'toggle-inspector', 'next-session', 'next-tab', 'back', 'pop-out'] as const)(
    'has no use for %s',
    (command) => {
      expect([run(command, surroundings({ self: ownWindow })), asked]).toEqual([false, []]);
    },
  );

  it('comes back, stays on top and closes', () => {
    const around = surroundings({ self: ownWindow });
    for (const command of ['bring-back', 'always-on-top', 'close-window'] as const) run(command, around);
    expect(asked).toEqual([['bringBack', 'api-13'], ['setAlwaysOnTop', true], ['close']]);
  });
});

it('does what was chosen outside of the window', () => {
  const around = surroundings();
  around.app.view.update((view) => ({ ...view, dialog: {} }));
  choose({ id: uuidv7(), kind: 'show', session: 'web-21' }, around);
  choose({ id: uuidv7(), kind: 'tell', text: 'Agents go on.' }, around);
  const { place, dialog, toasts, focusTerminal } = around.app.view.get();
  choose({ id: uuidv7(), kind: 'command', command: 'settings' }, around);
  expect([place, dialog, toasts.map(({ text }) => text), focusTerminal, around.app.view.get().place]).toEqual([
    { kind: 'session', id: 'web-21' },
    null,
    ['Agents go on.'],
    1,
    { kind: 'settings' },
  ]);
});
