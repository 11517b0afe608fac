// Rows E11-E14: where a page, a frame in it, a redirect, a new window and an embedded page may go.
import { describe, expect, it, vi } from 'vitest';
import { preventable, RecordedContents, recordedElectron } from '../fixtures/recorded-electron.ts';

const { electron, app, calls } = recordedElectron();
vi.doMock('electron', () => electron);
const { hardenApp } = await import('../harden-app.ts');
hardenApp({ devUrl: null });

const own = ['athene://app', 'athene://app/', 'athene://app/#/', 'athene://app/#/session/api-7', 'athene://app#/x'];
const foreign = [
  ...[
    'http://example.com/',
    'https://example.com/',
    'https://app/',
    'http://app/',
    'https://athene/app',
    '//app/',
    'app',
  ],
  ...[
    'http://127.0.0.1/',
    'http://127.0.0.1:5173/',
    'http://localhost:5173/',
    'http://[::1]/',
    'ws://app/',
    'wss://app/',
  ],
  ...[
    'athene://app.evil/',
    'athene://app.evil',
    'athene://evil/',
    'athene://evil/app',
    'athene://',
    'athene:///',
    'athene:',
  ],
  ...[
    'athene:app',
    'athene:/app/',
    'athene://app@evil/',
    'athene://app:80@evil/',
    'athene://user@app/',
    'athene://:pw@app/',
  ],
  ...[
    'athene://app:80/',
    'athene://app:0/',
    'athene://APP/',
    'athene://app%2eevil/',
    'athene://app%00/',
    'athene://app\\@evil/',
  ],
  ...[
    'athene://app./',
    'athene://xn--app-/',
    'athene://аpp/',
    'athene://open',
    'athene://session/api-7',
    'athene://app/index.html',
  ],
  ...[
    'athene://app/assets/x.svg',
    'athene://app/assets/',
    'athene://app//',
    'athene://app/?x',
    'athene://app/?x#/',
    'athene://app/x/..%2f',
  ],
  ...[
    'file:///etc/passwd',
    'file://app/',
    'file:',
    'about:blank',
    'about:srcdoc',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
  ],
  ...['data:text/html,<script>1</script>', 'blob:athene://app/1', 'blob:null/1', 'filesystem:athene://app/temporary/x'],
  ...[
    'view-source:athene://app/',
    'chrome://settings',
    'devtools://devtools/bundled/inspector.html',
    'chrome-extension://x/',
  ],
  ...[
    'ftp://app/',
    'mailto:a@example.com',
    'vscode://file/etc/passwd',
    'smb://host/share',
    'ms-msdt:/id',
    'intent://x#Intent;end',
  ],
  ...['', ' ', 'athene ://app/', ' https://app/', 'http:', 'athene://[app]/', 'null'],
];

const events = ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const;
const kept = (contents: RecordedContents, event: string, url: string, isMainFrame = true): boolean => {
  const details = preventable({ url, isMainFrame });
  contents.emit(event, details);
  return details.prevented;
};

/** A page, a preview of a link, developer tools: whatever comes to life with contents. */
function created(id: number): RecordedContents {
  const contents = new RecordedContents(id);
  app.emit('web-contents-created', {}, contents);
  return contents;
}

describe.each([1, 2, 300])('E13, E14 in contents %d', (id) => {
  const contents = created(id);

  it.each(events)('%s keeps the page at home', (event) => {
    expect(foreign.length).toBeGreaterThanOrEqual(60);
    expect(own.filter((url) => kept(contents, event, url))).toEqual([]);
    expect(foreign.filter((url) => !kept(contents, event, url))).toEqual([]);
  });

  it.each(events)('%s lets no frame go anywhere', (event) => {
    expect([...own, ...foreign].filter((url) => !kept(contents, event, url, false))).toEqual([]);
  });

  it('no window is opened by a page, and nothing is opened outside because of it', () => {
    const [answer, ...more] = contents.openHandlers;
    const answers = [...own, ...foreign].map((url) => JSON.stringify(answer?.({ url })));
    expect([[...new Set(answers)], more]).toEqual([['{"action":"deny"}'], []]);
    expect(calls.filter((call) => call.startsWith('shell.'))).toEqual([]);
  });

  it('E11, E12 no page is embedded', () => {
    const event = preventable({});
    contents.emit('will-attach-webview', event, { preload: '/x' }, { src: 'athene://app/' });
    expect(event.prevented).toBe(true);
  });
});

describe('E13 with the development server', () => {
  const recorded = recordedElectron();

  it('its page, and no other address of this machine', async () => {
    vi.resetModules();
    vi.doMock('electron', () => recorded.electron);
    const { hardenApp: harden } = await import('../harden-app.ts');
    harden({ devUrl: 'http://127.0.0.1:5173' });
    const contents = new RecordedContents(7);
    recorded.app.emit('web-contents-created', {}, contents);
    const going = ['http://127.0.0.1:5173/', 'http://127.0.0.1:5173/#/session/api-7'];
    const staying = [
      ...[
        'http://127.0.0.1:5174/',
        'http://127.0.0.1/',
        'https://127.0.0.1:5173/',
        'http://localhost:5173/',
        'athene://app/',
      ],
      ...[
        'http://127.0.0.1:5173@evil.example/',
        'http://evil@127.0.0.1:5173/',
        'http://127.0.0.1:5173/x.html',
        'blob:http://127.0.0.1:5173/1',
      ],
      ...['http://127.0.0.1:5173.evil.example/', 'http://127.0.0.1:51730/'],
    ];
    expect(going.filter((url) => kept(contents, 'will-navigate', url))).toEqual([]);
    expect(staying.filter((url) => !kept(contents, 'will-navigate', url))).toEqual([]);
  });
});
