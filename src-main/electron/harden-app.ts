// What holds for the whole app before anything is shown; called before Electron is ready.
import { app, protocol } from 'electron';
import { appScheme } from './app-address.ts';
import { governNavigation } from './navigation-policy.ts';

export function hardenApp({ devUrl }: { readonly devUrl: string | null }): void {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }]);
  app.on('web-contents-created', (_event, contents) => governNavigation(contents, { devUrl }));
  // Nothing here speaks TLS or asks for a password; whatever made the app do so gets no answer.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, callback) => {
    event.preventDefault();
    callback();
  });
}

/** An origin of its own, as an https page has one; no more rights than that. */
const privileges = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  bypassCSP: false,
  corsEnabled: false,
  allowServiceWorkers: false,
} as const;
