// The page's two worlds: the built preload runs unchanged in one of its own, and what it exposes appears in the page's.
import { readFileSync } from 'node:fs';

export const worldName = 'athene-preload';
export const bindingName = 'atheneStandIn';

/** In the page's own world, before its scripts: builds what the preload exposes. */
export const mainWorldScript = `(() => {
  // Electron lets a page close its window, whoever opened it.
  window.close = () => dispatchEvent(new CustomEvent('athene-window-close'));
  addEventListener('athene-expose', ({ detail }) => {
    const { name, values, functions } = JSON.parse(detail);
    const exposed = { ...values };
    for (const method of functions) exposed[method] = (...given) => {
      let result;
      const hear = (event) => { result = JSON.parse(event.detail).result; };
      addEventListener('athene-result', hear, { once: true });
      const args = given.map((one) => (one instanceof File ? { file: one.name } : one));
      dispatchEvent(new CustomEvent('athene-call', { detail: JSON.stringify({ method, args }) }));
      return result;
    };
    Object.defineProperty(window, name, { value: Object.freeze(exposed), enumerable: true });
  }, { once: true });
})();`;

/** In the preload's world: what Electron gives a sandboxed preload, as far as ours uses it. */
export const preloadScript = (file: string, files: Readonly<Record<string, string>>): string => `(() => {
  const tell = window.${bindingName};
  // What the network never sees can't be kept there; Electron asks for these too.
  navigation.addEventListener('navigate', (event) => {
    const { url, sameDocument } = event.destination;
    if (sameDocument || !event.cancelable || url.startsWith('http')) return;
    event.preventDefault();
    tell(JSON.stringify({ kind: 'navigate', url, isMainFrame: window.top === window }));
  });
  if (window.top !== window) return;
  addEventListener('athene-window-close', () => send({ kind: 'window-close' }));
  const files = ${JSON.stringify(files)};
  const ports = new Map();
  let last = 0;
  const send = (message) => tell(JSON.stringify(message));
  const toBase64 = (bytes) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  const encode = (data) => data instanceof Uint8Array ? { bytes: toBase64(data) } : { json: data };
  const decode = (data) => data.bytes === undefined ? data.json : Uint8Array.from(atob(data.bytes), (c) => c.charCodeAt(0));
  globalThis.atheneReceive = (messages) => {
    for (const { port, kind, data } of messages) {
      if (kind === 'close') { ports.get(port)?.close(); ports.delete(port); }
      else ports.get(port)?.postMessage(decode(data));
    }
  };
  const pump = (port) => {
    const id = (last += 1);
    ports.set(id, port);
    port.onmessage = ({ data }) => send({ kind: 'message', port: id, data: encode(data) });
    port.addEventListener('close', () => { ports.delete(id); send({ kind: 'close', port: id }); });
    port.start();
    return id;
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld(name, api) {
        const entries = Object.entries(api);
        const functions = entries.filter(([, value]) => typeof value === 'function').map(([key]) => key);
        const values = Object.fromEntries(entries.filter(([, value]) => typeof value !== 'function'));
        addEventListener('athene-call', ({ detail }) => {
          const { method, args } = JSON.parse(detail);
          const given = args.map((one) => one?.file === undefined ? one : new File([], one.file));
          const result = api[method](...given);
          dispatchEvent(new CustomEvent('athene-result', { detail: JSON.stringify({ result }) }));
        });
        dispatchEvent(new CustomEvent('athene-expose', { detail: JSON.stringify({ name, values, functions }) }));
      },
    },
    ipcRenderer: {
      postMessage(channel, message, transfer) {
        send({ kind: 'ipc', channel, message, ports: transfer.map(pump) });
      },
    },
    webUtils: { getPathForFile: (file) => files[file.name] ?? '' },
  };
  const only = (name) => { if (name !== 'electron') throw new Error('A sandboxed preload has no ' + name); return electron; };
  const module = { exports: {} };
  ((require, module, exports, process) => { ${readFileSync(file, 'utf8')}
  })(only, module, module.exports, { platform: ${JSON.stringify(process.platform)} });
})();`;
