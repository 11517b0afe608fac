// `athene://app/`: the built screen, as the browser host serves it, and nothing else.
import type { BrowserWindow, Session } from 'electron';
import { securityHeaders } from '../server/security-headers.ts';
import { readStaticFile } from '../server/static-files.ts';
import { appOrigin, appScheme, isAppOrigin } from './app-address.ts';
import { denyPermissions } from './permissions.ts';

export interface ServeApp {
  readonly session: Session;
  /** Of the built screen. */
  readonly directory: string;
  readonly devUrl: string | null;
}

export function serveApp({ session, directory, devUrl }: ServeApp): void {
  denyPermissions(session, { devUrl });
  session.protocol.handle(appScheme, (request) => answer(request, directory));
}

/** Fragments as `placeToHash` of the renderer writes them. */
const places = /^#\/[\w/%.~-]{0,300}$/;

/** Rejects when the page could not be loaded. A fragment that is none of ours is left out. */
export async function loadApp(
  window: BrowserWindow,
  { devUrl, fragment }: { readonly devUrl: string | null; readonly fragment: string },
): Promise<void> {
  await window.loadURL(`${devUrl ?? appOrigin}/${places.test(fragment) ? fragment : ''}`);
}

async function answer(request: Request, directory: string): Promise<Response> {
  const headers = securityHeaders(null);
  const refuse = (status: number): Response => new Response(null, { status, headers });
  if (!isAppOrigin(request.url, null)) return refuse(404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const file = await readStaticFile(directory, new URL(request.url).pathname);
  if (file === null) return refuse(404);
  const body = request.method === 'HEAD' ? null : new Uint8Array(file.content);
  return new Response(body, { status: 200, headers: { ...headers, ...file.headers } });
}
