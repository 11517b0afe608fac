// Row E17: who may hand over a port, and what becomes of everybody else's.
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { portChannel, type PortKind } from '#shared/domain/desktop-bridge.ts';
import { recordedElectron } from '../fixtures/recorded-electron.ts';

const { electron, ipcMain } = recordedElectron();
vi.doMock('electron', () => electron);
const { openIpcDoor } = await import('../ipc-door.ts');

class RecordedPort extends EventEmitter {
  isOpen = true;
  start(): void {}
  postMessage(): void {}
  close(): void {
    this.isOpen = false;
  }
}

interface Served {
  readonly kind: PortKind;
  readonly window: string;
  closed: string | null;
}

const windows = new Map([
  [1, 'one'],
  [2, 'two'],
]);
let clock: number;
let served: Served[];
let logged: unknown[];
let door: { close(): void };

function open(devUrl: string | null = null): void {
  door?.close();
  [clock, served, logged] = [1_000, [], []];
  const serve = (kind: PortKind) => (transport: { close(why?: string): void }, window: string) => {
    const one: Served = { kind, window, closed: null };
    served.push(one);
    return {
      close(why = '') {
        one.closed = why;
        transport.close(why);
      },
      closed: new Promise<string>(() => undefined),
    };
  };
  door = openIpcDoor<string>({
    windowOf: (contents) => windows.get(contents) ?? null,
    serve: { host: serve('host'), shell: serve('shell') },
    devUrl,
    log: (level, event, facts) => void logged.push([level, event, facts?.['why']]),
    now: () => clock,
  });
}
beforeEach(() => open());

const page = (id: number) => Object.assign(new EventEmitter(), { id });
const ownFrame = {
  parent: null,
  origin: 'athene://app',
  url: 'athene://app/',
  detached: false,
  isDestroyed: () => false,
};

interface Knock {
  readonly sender?: EventEmitter & { readonly id: number };
  readonly frame?: object | null;
  readonly kind?: unknown;
  readonly ports?: number;
  readonly channel?: string;
}

function knock({
  sender = page(1),
  frame = ownFrame,
  kind = 'host',
  ports: count = 1,
  channel = portChannel,
}: Knock = {}) {
  const ports = Array.from({ length: count }, () => new RecordedPort());
  ipcMain.emit(channel, { sender, senderFrame: frame, ports }, kind);
  return ports;
}

describe('E17 a page of ours', () => {
  it.each(['host', 'shell'] as const)('is served %s on the port that it brings', (kind) => {
    const [port] = knock({ kind, sender: page(2) });
    expect([served, port?.isOpen, logged]).toEqual([[{ kind, window: 'two', closed: null }], true, []]);
  });

  it('that connects again loses its earlier port of that kind, and no other', () => {
    const sender = page(1);
    const ports = (['host', 'shell', 'host'] as const).map((kind) => knock({ sender, kind })[0]);
    knock({ sender: page(2) });
    expect(served.map(({ closed }) => closed)).toEqual(['The page connected again', null, null, null]);
    expect(ports.map((port) => port?.isOpen)).toEqual([false, true, true]);
  });

  it('takes its ports along when it goes', () => {
    const [sender, other] = [page(1), page(2)];
    knock({ sender });
    knock({ sender, kind: 'shell' });
    knock({ sender: other });
    sender.emit('destroyed');
    expect(served.map(({ closed }) => closed)).toEqual(['The window was closed', 'The window was closed', null]);
    expect(sender.listenerCount('destroyed')).toBe(0);
  });

  it('loses them when the app ends, and gets no more', () => {
    knock();
    door.close();
    knock();
    expect(served.map(({ closed }) => closed)).toEqual(['Athene ends']);
    expect(ipcMain.eventNames()).toEqual([]);
  });

  it('of the development server is one only where that has the page', () => {
    const frame = { ...ownFrame, origin: 'http://127.0.0.1:5173' };
    knock({ frame });
    const without = served.length;
    open('http://127.0.0.1:5173');
    knock({ frame });
    const withServer = served.length;
    knock();
    knock({ frame: { ...ownFrame, origin: 'http://127.0.0.1:5174' } });
    expect([without, withServer, served.length]).toEqual([0, 1, 1]);
  });
});

const disposed = new Proxy(
  { isDestroyed: () => true },
  {
    get(target, key) {
      if (key === 'isDestroyed') return target.isDestroyed;
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
  },
);
const origins = [
  ...[
    '',
    'null',
    'athene://',
    'athene:',
    'athene://app.evil',
    'athene://app@evil',
    'athene://evil',
    'athene://evil/athene://app',
  ],
  ...[
    'athene://app:80',
    'athene://app/',
    'athene://app/x',
    'athene://APP',
    'ATHENE://app',
    'athene://app ',
    ' athene://app',
  ],
  ...[
    'athene://app\0',
    'athene://app.',
    'athene://xapp',
    'xathene://app',
    'https://app',
    'http://athene',
    'file://',
    'data:',
  ],
  ...['http://127.0.0.1:5173', 'devtools://devtools', 'blob:athene://app', 'chrome-extension://app', 'athene://аpp'],
];

describe('E17 forged senders (F-H3)', () => {
  const forged: readonly (readonly [string, Knock])[] = [
    ['a frame that is gone', { frame: null }],
    ['a frame that was disposed of', { frame: disposed }],
    ['a frame that was taken out', { frame: { ...ownFrame, detached: true } }],
    ['a frame in the page', { frame: { ...ownFrame, parent: ownFrame } }],
    ['a frame in a frame', { frame: { ...ownFrame, parent: { ...ownFrame, parent: ownFrame } } }],
    ['a page in no window of ours', { sender: page(3) }],
    ['a page with a number of no page', { sender: page(-1) }],
    ['a page whose number is a name', { sender: page('constructor' as never) }],
    ['no port', { ports: 0 }],
    ['two ports', { ports: 2 }],
    ['a hundred ports', { ports: 100 }],
    ...[
      null,
      undefined,
      '',
      'Host',
      'host ',
      'constructor',
      '__proto__',
      0,
      1,
      ['host'],
      { kind: 'host' },
      'files',
      Symbol('host'),
    ].map(
      (kind) =>
        [`the kind ${typeof kind === 'object' ? JSON.stringify(kind) : String(kind)}`, { kind: kind ?? null }] as const,
    ),
    ...origins.map((origin) => [`the origin ${JSON.stringify(origin)}`, { frame: { ...ownFrame, origin } }] as const),
  ];

  it.each(forged)('%s is refused, its ports are closed, and it is written down', (_, visit) => {
    const ports = knock(visit);
    expect([served, ports.filter(({ isOpen }) => isOpen), logged]).toEqual([
      [],
      [],
      [['warn', 'ipc.refused', expect.any(String)]],
    ]);
  });

  it('nobody hears any other channel', () => {
    expect(ipcMain.eventNames()).toEqual([portChannel]);
    for (const channel of ['athene', 'athene:port ', 'athene:call', 'ELECTRON_BROWSER_REQUIRE', 'invoke', 'fs', ''])
      knock({ channel });
    expect([served, logged]).toEqual([[], []]);
  });

  it('10 000 messages open nothing, keep no port open, and fill no log', () => {
    const ports = Array.from({ length: 10_000 }, (_, index) => knock(forged[index % forged.length]?.[1])).flat();
    expect([served.length, ports.filter(({ isOpen }) => isOpen).length, logged.length]).toEqual([0, 0, 30]);
    clock += 60_000;
    knock({ frame: null });
    expect(logged).toHaveLength(31);
  });

  it('a page of ours that connects without end is held back, and only that page', () => {
    const [wild, other] = [page(1), page(2)];
    const ports = Array.from({ length: 10_000 }, () => knock({ sender: wild })).flat();
    knock({ sender: other });
    expect([served.length, ports.filter(({ isOpen }) => isOpen).length, served.at(-1)?.window]).toEqual([41, 1, 'two']);
    clock += 10_000;
    knock({ sender: wild });
    expect(served.at(-1)).toEqual({ kind: 'host', window: 'one', closed: null });
  });
});
