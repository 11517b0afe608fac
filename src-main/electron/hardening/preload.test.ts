// Rows E3, E4, E20: the built preload in a world of its own. `node build/build.ts` makes it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shellContract } from '#shared/contract/shell-contract.ts';
import { packageRoot } from '../../lib/package-root.ts';

const file = join(packageRoot(), 'dist', 'preload', 'preload.cjs');
if (!existsSync(file)) throw new Error('There is no built preload: run `node build/build.ts`');
const source = readFileSync(file, 'utf8');

type Bridge = Readonly<Record<string, unknown>>;
interface Message {
  readonly data?: unknown;
  readonly origin?: string;
  readonly source?: unknown;
  readonly ports?: readonly unknown[];
}

class DroppedFile {
  readonly name = 'dropped';
}

/** Runs the preload before a page of `athene://app`. */
function runPreload() {
  const required: string[] = [];
  const exposed: (readonly [string, Bridge])[] = [];
  const posted: unknown[][] = [];
  const listeners: ((event: unknown) => void)[] = [];
  const asked: unknown[] = [];
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: Bridge) => exposed.push([name, value]) },
    ipcRenderer: { postMessage: (...message: unknown[]) => posted.push(message) },
    webUtils: {
      getPathForFile: (dropped: unknown) => {
        asked.push(dropped);
        return '/somewhere';
      },
    },
  };
  const window = {
    addEventListener: (name: string, listener: (event: unknown) => void) => {
      if (name !== 'message') throw new Error(`It listens to ${name}`);
      listeners.push(listener);
    },
  };
  runInNewContext(source, {
    window,
    location: { origin: 'athene://app' },
    process: { platform: 'linux' },
    File: DroppedFile,
    require: (name: string) => {
      required.push(name);
      return electron;
    },
  });
  const say = ({ data, origin = 'athene://app', source = window, ports = ['port'] }: Message): void => {
    for (const listener of listeners) listener({ data, origin, source, ports });
  };
  return { required, exposed, posted, asked, say };
}

describe('E4 the preload is one file without anything of Node', () => {
  it('asks for Electron and for nothing else', () => {
    expect(runPreload().required).toEqual(['electron']);
    expect(source).not.toMatch(/\bimport\s*\(|\beval\b|new Function|\bglobalThis\b|process\.(?!platform\b)/);
    expect([...source.matchAll(/electron\.(\w+)\.(\w+)/g)].map(([call]) => call).toSorted()).toEqual([
      'electron.contextBridge.exposeInMainWorld',
      'electron.ipcRenderer.postMessage',
      'electron.webUtils.getPathForFile',
    ]);
  });
});

describe('E3, E20 the bridge', () => {
  it('is one frozen object with a word and a function', () => {
    const { exposed } = runPreload();
    const [[name, bridge] = ['', {}]] = exposed;
    expect([exposed.length, name, Object.isFrozen(bridge)]).toEqual([1, 'athene', true]);
    expect(Object.fromEntries(Reflect.ownKeys(bridge).map((key) => [key, typeof bridge[String(key)]]))).toEqual({
      platform: 'string',
      pathForFile: 'function',
    });
    expect(Object.values(Object.getOwnPropertyDescriptors(bridge)).filter(({ get }) => get !== undefined)).toEqual([]);
  });

  it('tells the path of a file that was dropped, and of nothing that only looks like one', () => {
    const { exposed, asked } = runPreload();
    const pathForFile = exposed[0]?.[1]['pathForFile'] as (file: unknown) => string;
    const dropped = new DroppedFile();
    const others = [null, undefined, '/etc/passwd', { name: 'x', path: '/etc/passwd' }, [], () => dropped];
    expect([dropped, ...others].map((one) => structuredClone(pathForFile(one)))).toEqual([
      '/somewhere',
      ...others.map(() => ''),
    ]);
    expect(asked).toEqual([dropped]);
  });
});

describe('E17 the preload hands on', () => {
  it('a port of a known kind from its own page, on the one channel', () => {
    const { posted, say } = runPreload();
    for (const kind of ['host', 'shell']) say({ data: { athene: 'port', kind } });
    expect(JSON.stringify(posted)).toBe('[["athene:port","host",["port"]],["athene:port","shell",["port"]]]');
  });

  it.each<[string, Message]>([
    ['another word', { data: { athene: 'ipc', kind: 'host' } }],
    ['another kind', { data: { athene: 'port', kind: 'files' } }],
    ['a kind of the prototype', { data: { athene: 'port', kind: 'constructor' } }],
    ['a list for a kind', { data: { athene: 'port', kind: ['host'] } }],
    ['no kind', { data: { athene: 'port' } }],
    ['text', { data: 'athene:port' }],
    ['nothing', { data: null }],
    ['no port', { data: { athene: 'port', kind: 'host' }, ports: [] }],
    ['two ports', { data: { athene: 'port', kind: 'host' }, ports: ['one', 'two'] }],
    ['a message of a frame', { data: { athene: 'port', kind: 'host' }, source: {} }],
    ['a message without a source', { data: { athene: 'port', kind: 'host' }, source: null }],
    ['a message of another origin', { data: { athene: 'port', kind: 'host' }, origin: 'athene://app.evil' }],
    ['a message of no origin', { data: { athene: 'port', kind: 'host' }, origin: 'null' }],
  ])('and not %s', (_, message) => {
    const { posted, say } = runPreload();
    say(message);
    expect(posted).toEqual([]);
  });
});

describe('E20 what a page can ask of the desktop app', () => {
  it('is intents with ids; nothing takes a path, a program or arguments', () => {
    const asked = Object.entries(shellContract.members).map(([name, member]) => {
      const schema = z.toJSONSchema('input' in member ? member.input : member.key) as { properties?: object };
      return `${name} ${Object.keys(schema.properties ?? {}).join(' ')}`.trim();
    });
    expect(asked).toEqual([
      'window.self',
      'window.setLayout place sidebar inspector closedProjects conversations',
      'window.setShown session',
      'window.open',
      'window.popOut session',
      'window.bringBack session',
      // One of the names of the key table.
      'window.runInMain command',
      'window.setAlwaysOnTop on',
      'window.showMenu x y',
      'link.open url',
      'worktree.reveal session',
      'folder.choose',
      'windows',
      'choices',
    ]);
  });
});
