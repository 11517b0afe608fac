// Row E15: what is handed to the person's browser and file manager.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordedElectron } from '../fixtures/recorded-electron.ts';

const { electron, calls, be } = recordedElectron();
vi.doMock('electron', () => electron);
const { openExternalSafe } = await import('../open-external.ts');
const { revealFolder } = await import('../reveal-folder.ts');

beforeEach(() => void (calls.length = 0));

const hostile = [
  ...[
    '',
    ' ',
    'example.com',
    '//example.com',
    '/etc/passwd',
    'C:\\Windows\\System32\\calc.exe',
    '\\\\host\\share\\x.exe',
  ],
  ...[
    'file:///etc/passwd',
    'FILE:///C:/Windows/System32/calc.exe',
    'file://host/share',
    'javascript:alert(1)',
    'data:text/html,x',
  ],
  ...[
    'vbscript:x',
    'about:blank',
    'blob:https://example.com/1',
    'view-source:https://example.com',
    'ftp://example.com',
  ],
  ...[
    'smb://host/share',
    'nfs://host/x',
    'dav://host/x',
    'ssh://host',
    'telnet://host',
    'mailto:a@example.com?attach=/etc/passwd',
  ],
  ...[
    'ms-msdt:/id PCWDiagnostic',
    'search-ms:query=x&crumb=location:\\\\evil',
    'ms-officecmd:{}',
    'ms-cxh-full://x',
    'shell:startup',
  ],
  ...[
    'vscode://file/etc/passwd',
    'slack://x',
    'steam://run/1',
    'x-apple.systempreferences:',
    'itms-services://x',
    'help:runscript=x',
  ],
  ...[
    'athene://app/',
    'athene://session/api-7',
    'chrome://settings',
    'devtools://devtools',
    'ws://example.com',
    'wss://example.com',
  ],
  ...[
    'https://user:pass@example.com/',
    'https://user@example.com/',
    'https://example.com@evil.example/',
    'https://:@evil.example/x',
  ],
  ...[
    'https://good.example\\@evil.example/',
    'https:\\\\evil.example',
    'https:/evil.example',
    'https:evil.example',
    'https:///evil.example',
  ],
  ...[
    'https://',
    'http://',
    'https://?x',
    'https://#x',
    'https://%',
    'https://exa mple.com',
    'https://example.com:99999',
    'https://[::1',
  ],
  ...[
    ' https://example.com',
    'https://example.com ',
    '\thttps://example.com',
    'ht\ttps://example.com',
    'https://example.com/\n-x',
  ],
  ...[
    'https://example.com/\r\nX: y',
    'https://example.com/\0',
    'https://example.com/\u001b]8;;',
    'https://example.com/\u007f',
    'https://e\u00adxample.com',
  ],
  ...[
    'https://example.com/\u202egpj.exe',
    'https://example.com/\u200b',
    'https://example.com/\u2028',
    '\ufeffhttps://example.com',
    'https://example.com/\ud800',
  ],
  ...[
    '-https://example.com',
    '--https://example.com',
    '"https://example.com"',
    `https://example.com/${'a'.repeat(8192)}`,
    'httpsx://example.com',
  ],
];

describe('E15 of addresses', () => {
  it(`none of ${hostile.length} is opened that is not a plain page`, async () => {
    const results = await Promise.all(hostile.map((address) => openExternalSafe(address)));
    expect(hostile.filter((_, index) => results[index]?.ok !== false)).toEqual([]);
    expect(calls).toEqual([]);
    expect(results.map((result) => (result.ok ? '' : result.problem.code))).toEqual(hostile.map(() => 'link-refused'));
  });

  it.each([
    ['https://example.com', 'https://example.com/'],
    ['http://localhost:3000/a?b=c#d', 'http://localhost:3000/a?b=c#d'],
    ['HTTPS://Example.COM/Path', 'https://example.com/Path'],
    // What it really is, not what it looks like.
    ['https://аpple.com/', 'https://xn--pple-43d.com/'],
    ['https://example.com/"$(id)`id`', 'https://example.com/%22$(id)%60id%60'],
    ['https://example.com/@ada?mail=a@example.com', 'https://example.com/@ada?mail=a@example.com'],
    ['https://example.com/a/../../b', 'https://example.com/b'],
  ])('%s is opened as %s', async (address, opened) => {
    expect(await openExternalSafe(address)).toEqual({ ok: true, value: null });
    expect(calls).toEqual([`shell.openExternal ${opened}`]);
  });

  it('a system without a browser is a problem that says so', async () => {
    be.browserFails = true;
    expect(await openExternalSafe('https://example.com')).toMatchObject({
      problem: { code: 'link-refused', what: 'The system opened no browser.', details: 'Error: There is no browser' },
    });
  });
});

describe('E15 of folders', () => {
  let root: string;
  const at = (...names: string[]): string => join(root, ...names);
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'athene-reveal-'));
    for (const name of ['worktrees/api/api-1', 'worktrees/api/Evil.app', 'worktrees-not', 'elsewhere'])
      mkdirSync(at(name), { recursive: true });
    writeFileSync(at('worktrees', 'api', 'run.sh'), '', { mode: 0o755 });
    symlinkSync(at('elsewhere'), at('worktrees', 'api', 'out'));
    symlinkSync(at('worktrees', 'api', 'api-1'), at('worktrees', 'api', 'in'));
    symlinkSync(at('worktrees'), at('linked'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it.each([
    ['a worktree', 'worktrees/api/api-1'],
    ['a link to one, as where it leads', 'worktrees/api/in'],
    ['one by another way', 'linked/api/api-1'],
  ])('%s is shown and not opened', async (_, place) => {
    expect(await revealFolder(at(place), { roots: [at('linked')] })).toEqual({ ok: true, value: null });
    expect(calls).toEqual([`shell.showItemInFolder ${at('worktrees/api/api-1')}`]);
  });

  it.each([
    ['a program', 'worktrees/api/run.sh'],
    ['a bundle', 'worktrees/api/Evil.app'],
    ['a link that leads out', 'worktrees/api/out'],
    ['a way out', 'worktrees/api/../../elsewhere'],
    ['a neighbour with the same beginning', 'worktrees-not'],
    ['the root itself', 'worktrees'],
    ['what is not there', 'worktrees/api/gone'],
    ['the root of the system', '../../../../../../../..'],
  ])('%s is not', async (_, place) => {
    const { problem } = (await revealFolder(at(place), { roots: [at('worktrees'), at('gone')] })) as {
      problem?: { code: string };
    };
    expect([problem?.code, calls]).toEqual(['worktree-missing', []]);
  });
});
