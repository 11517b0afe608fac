// What a page may do beyond drawing: copy text when the person does so. Everything else is denied, also what is new.
import type { Session } from 'electron';
import { isAppOrigin } from './app-address.ts';

const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

export function denyPermissions(session: Session, { devUrl }: { readonly devUrl: string | null }): void {
  const isGranted = (permission: string, address: string): boolean =>
    granted.has(permission) && isAppOrigin(address, devUrl);
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(isGranted(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  // Null is the refusal: an answer without a stream throws here, in the main process.
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}
