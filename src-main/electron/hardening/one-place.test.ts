// Rows E1-E4, E6, E17, E25, read off the sources: what stands in one file only, and what stands in none. Imports are the linter's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/package-root.ts';

interface Source {
  readonly file: string;
  /** Without comments. */
  readonly code: string;
}

const sourcesIn = (tree: string): readonly Source[] =>
  readdirSync(join(packageRoot(), tree), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|(?:^|\/)(?:fixtures|dev)\//.test(name))
    .map((name) => ({
      file: `${tree}/${name}`,
      code: withoutComments(readFileSync(join(packageRoot(), tree, name), 'utf8')),
    }));

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');

const electron = sourcesIn('src-main/electron');
const placesOf = (pattern: RegExp, sources: readonly Source[]): readonly string[] =>
  sources.filter(({ code }) => pattern.test(code)).map(({ file }) => file.replace('src-main/electron/', ''));

describe('what stands in one file only', () => {
  it.each([
    ['E2 a window is made', /new BrowserWindow\(/, ['create-window.ts']],
    ['E1 a page is loaded', /\.loadURL\(/, ['app-protocol.ts']],
    ['E18 a scheme is answered', /protocol\s*\.handle\(/, ['app-protocol.ts']],
    ['E18 a scheme gets rights', /registerSchemesAsPrivileged\(/, ['harden-app.ts']],
    ['E17 IPC is heard', /ipcMain\s*\./, ['ipc-door.ts']],
    ['E17 IPC is sent', /ipcRenderer\s*\./, ['preload/preload.ts']],
    ['E3 something is exposed', /exposeInMainWorld\(/, ['preload/preload.ts']],
    ['E15 the browser is opened', /shell\s*\.openExternal\(/, ['open-external.ts']],
    ['E15 the file manager is opened', /shell\s*\.showItemInFolder\(/, ['reveal-folder.ts']],
    ['E13 navigation is decided', /will-navigate|will-redirect|will-frame-navigate/, ['navigation-policy.ts']],
    ['E14 new windows are decided', /setWindowOpenHandler\(/, ['navigation-policy.ts']],
    ['E5 permissions are decided', /set(?:Permission|DevicePermission|DisplayMedia)\w*Handler\(/, ['permissions.ts']],
    ['E23 links come in', /'open-url'/, ['main.ts']],
  ])('%s', (_, pattern, files) => {
    expect(placesOf(pattern, electron)).toEqual(files);
  });
});

describe('what stands nowhere', () => {
  it.each([
    ['E6 a switch of the command line', /commandLine|appendSwitch|appendArgument/],
    ['E1 a page from a file', /\bloadFile\(/],
    ['E3 code that is put into a page', /executeJavaScript|insertCSS|addScriptToEvaluate/],
    [
      'E3 a message that is sent past the door',
      /webContents\s*\.(?:send|postMessage|ipc)\b|\.sendToFrame\(|sender\.send\(/,
    ],
    ['E17 an answer to a call of IPC', /ipcMain\s*\.(?:handle|once|handleOnce)\b|\bevent\.reply\(|returnValue\s*=/],
    ['E11 an embedded page', /<webview|webviewTag:\s*true|new (?:BrowserView|WebContentsView)\(/],
    ['E2-E4 a guard that is off', /(?:sandbox|contextIsolation|webSecurity):\s*false|nodeIntegration\w*:\s*true/],
    [
      'E8-E10 an experiment',
      /(?:experimentalFeatures|allowRunningInsecureContent):\s*true|enableBlinkFeatures|disableBlinkFeatures/,
    ],
    [
      'E15 a file that is opened or a program that is run',
      /shell\s*\.(?:openPath|openItem|trashItem|writeShortcutLink|beep)\b/,
    ],
    [
      'E18 a way around the policy',
      /bypassCSP:\s*true|corsEnabled:\s*true|allowServiceWorkers:\s*true|bypassCustomProtocolHandlers/,
    ],
    ['E21 developer tools', /openDevTools|toggleDevTools|'toggle-?dev-?tools'|\.debugger\b/i],
    ['E6 an answer that believes a certificate', /setCertificateVerifyProc|callback\(true\)/],
    ['code from text', /\beval\(|new Function\(|\bvm\b|process\.binding/],
  ])('%s', (_, pattern) => {
    expect(placesOf(pattern, electron)).toEqual([]);
  });
});

describe('E17 the channels of IPC', () => {
  it('are one', () => {
    const bridge = readFileSync(join(packageRoot(), 'src-shared/domain/desktop-bridge.ts'), 'utf8');
    expect([...bridge.matchAll(/const (\w+Channel\w*) = '([^']+)'/g)].map(([, name, value]) => [name, value])).toEqual([
      ['portChannel', 'athene:port'],
    ]);
    const used = electron.flatMap(({ code }) =>
      [...code.matchAll(/ipc(?:Main|Renderer)\s*\.(\w+)\((\w+)/g)].map(([, verb, channel]) => `${verb} ${channel}`),
    );
    expect(used.toSorted()).toEqual(['off portChannel', 'on portChannel', 'postMessage portChannel']);
  });
});

describe('E25 the page makes no elements from text', () => {
  const markup =
    /\.innerHTML|\.outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|createContextualFragment|DOMParser|setHTMLUnsafe|srcdoc|srcDoc|javascript:|new Function\(|\beval\(/;

  it('in no file of it', () => {
    const renderer = sourcesIn('src-renderer');
    expect(renderer.length).toBeGreaterThan(50);
    expect(placesOf(markup, renderer)).toEqual([]);
  });

  it('and would be found', () => {
    expect(placesOf(markup, [{ file: 'x', code: withoutComments("// it's\nelement.innerHTML = name") }])).toEqual([
      'x',
    ]);
  });
});
