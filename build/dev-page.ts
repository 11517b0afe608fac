// The development server of the page, on loopback.
import { join } from 'node:path';
import { createServer, mergeConfig, type ServerOptions, type ViteDevServer } from 'vite';
import config from '../electron.vite.config.ts';
import { root } from './prepare.mjs';

/** Listens on `PORT`, else 5173, or on the next free one. */
export async function servePage(options: ServerOptions = {}): Promise<ViteDevServer> {
  const vite = await createServer(
    mergeConfig((config as { renderer: object }).renderer, {
      configFile: false,
      root: join(root, 'src-renderer'),
      server: { port: Number(process.env['PORT'] ?? 5173), ...options },
    }),
  );
  await vite.listen();
  return vite;
}

/** Like `http://127.0.0.1:5173`. */
export function pageOrigin(vite: ViteDevServer): string {
  const address = vite.httpServer?.address();
  if (typeof address !== 'object' || address === null) throw new Error('The development server does not listen');
  return `http://127.0.0.1:${address.port}`;
}
