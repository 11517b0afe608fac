// The desktop app: a host, with windows, tray, menu and notifications around it.
import { join } from 'node:path';
import { app, dialog, nativeTheme, session } from 'electron';
import type { Problem } from '#shared/domain/problem.ts';
import { Scope } from '#shared/lib/scope.ts';
import type { Result } from '#shared/lib/result.ts';
import type { Host } from '../host/host.ts';
import { openHost } from '../host/open-host.ts';
import { createLog, logLevelOf, type Log } from '../lib/log.ts';
import { packageRoot } from '../lib/package-root.ts';
import { openHome, type HomePaths } from '../storage/paths.ts';
import { wasOpen } from './announcement.ts';
import { openApplicationMenu } from './app-menu.ts';
import { serveApp } from './app-protocol.ts';
import { Arrivals } from './arrivals.ts';
import { askWithBox } from './ask.ts';
import { keepBadge } from './badge.ts';
import type { Desktop } from './desktop.ts';
import { devUrlFrom } from './dev-url.ts';
import { watchFleet, type WatchedFleet } from './fleet.ts';
import { hardenApp } from './harden-app.ts';
import { refusalLine, refusedArguments } from './launch-arguments.ts';
import { openWayOut } from './leaving.ts';
import { linkIn, parseLink } from './links.ts';
import { keepNotifying } from './notifications.ts';
import { openWindows } from './open-windows.ts';
import { mayQuit } from './quit.ts';
import { serveWindows } from './serve-windows.ts';
import { installShippedPrograms } from './shipped-programs.ts';
import { askAboutProblem, openOrAsk } from './start-problem.ts';
import { openStateDirectory } from './state-directory.ts';
import { openTray } from './tray.ts';
import type { Windows } from './windows.ts';

/** As in the packages: by it Windows joins windows, notifications and the pinned icon. */
const appId = 'dev.athene.desktop';
const packaged = app.isPackaged;
const devUrl = devUrlFrom(process.env, { packaged });

begin();

/** What Electron wants before it is ready. Nothing may be waited for here: it becomes ready only after this. */
function begin(): void {
  const refused = refusedArguments(process.argv, { packaged });
  if (refused.length > 0) return end(1, refusalLine(refused));
  app.setName('Athene');
  if (process.platform === 'win32') app.setAppUserModelId(appId);
  hardenApp({ devUrl });
  const home = openHome(process.env);
  if (!home.ok) return whenReady(() => endWithProblem(home.problem));
  const state = openStateDirectory(home.value.home, Date.now);
  if (!state.ok) return whenReady(() => endWithProblem(state.problem));
  // The lock of the only instance lies here too, so there is one per home.
  app.setPath('userData', state.value.path);
  app.setPath('sessionData', state.value.browser);
  if (!app.requestSingleInstanceLock()) return end(0, wasOpen);
  const arrivals = hearArrivals();
  whenReady(() => open({ home: home.value, directory: state.value.path, arrivals }));
}

function hearArrivals(): Arrivals {
  const arrivals = new Arrivals();
  const own = linkIn(process.argv.slice(1));
  if (own !== null) arrivals.take(own);
  app.on('second-instance', (_event, argv) => arrivals.take(linkIn(argv.slice(1)) ?? { kind: 'open' }));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    arrivals.take(parseLink(url) ?? { kind: 'open' });
  });
  return arrivals;
}

interface Start {
  readonly home: HomePaths;
  readonly directory: string;
  readonly arrivals: Arrivals;
}

async function open({ home, directory, arrivals }: Start): Promise<void> {
  const scope = new Scope();
  const log = createLog({ file: home.logFor('desktop'), level: logLevelOf(process.env), now: Date.now });
  outliveErrors(log);
  const host = await openOrAsk(openPrograms, askWithBox);
  if (host === null) return end(0);
  scope.add(() => host.close());

  const fleet = watchFleet(host, log);
  scope.add(() => fleet.close());
  await fleet.told;
  scope.add(keepTheme(fleet));

  const windows = openWindows({ directory, devUrl, scope, log, sessionEnding: () => wayOut.leave() });
  const wayOut = openWayOut({
    mayQuit: () => mayQuit({ fleet, ask: askWithBox }),
    freeze: () => windows.freeze(),
    close: () => scope.close(),
    log,
  });
  const desktop: Desktop = { windows, fleet, client: fleet.client, log, quit: () => wayOut.quit() };

  serveApp({ session: session.defaultSession, directory: join(packageRoot(), 'dist', 'renderer'), devUrl });
  const menu = openApplicationMenu(desktop);
  scope.add(() => menu.close());
  const served = serveWindows({
    windows,
    host,
    devUrl,
    client: fleet.client,
    popUpMenu: (...at) => menu.popUp(...at),
    log,
  });
  scope.add(() => served.close());
  for (const part of [openTray(desktop), keepBadge(desktop), keepNotifying(desktop)]) scope.add(() => part.close());

  // Tray and agents outlive the last window.
  app.on('window-all-closed', () => undefined);
  windows.restore((id) => isKnown(id, host));
  app.on('activate', () => windows.focus());
  arrivals.open((link) => void follow(link, { windows, fleet }));
  if (packaged) app.setAsDefaultProtocolClient('athene');
}

/** One bad event must not take every window and a running spawn along. */
function outliveErrors(log: Log): void {
  process.on('uncaughtException', (error) => log('error', 'main.uncaught', { error }));
  process.on('unhandledRejection', (error) => log('error', 'main.unhandled', { error }));
  // Whoever started the app need not listen any more.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

async function openPrograms(): Promise<Result<Host, Problem>> {
  const installed = await installShippedPrograms({ packaged, resources: process.resourcesPath, env: process.env });
  return installed.ok ? openHost({ env: process.env, live: true }) : installed;
}

/** What can't be read now may exist all the same. */
const isKnown = (session: string, host: Host): boolean =>
  host.storage?.empty === true || host.listSessions().some(({ id }) => id === session);

function keepTheme(fleet: WatchedFleet): () => void {
  const apply = (): void => {
    nativeTheme.themeSource = fleet.settings.theme;
  };
  apply();
  return fleet.onChange(apply);
}

/** Whoever made the link: it shows what there is, and runs nothing. */
async function follow(
  link: ReturnType<typeof parseLink>,
  { windows, fleet }: { readonly windows: Windows; readonly fleet: WatchedFleet },
): Promise<void> {
  if (link?.kind !== 'session') return windows.focus();
  const found = await fleet.client.call('session.get', { id: link.id });
  if (found.ok) windows.show(found.value.id);
  else windows.focus();
}

async function endWithProblem(problem: Problem): Promise<void> {
  // The home decides where Electron keeps its own files, which can't be changed any more.
  if ((await askAboutProblem(problem, askWithBox)) === 'again') app.relaunch();
  end(0);
}

function whenReady(then: () => Promise<void>): void {
  app
    .whenReady()
    .then(then)
    .catch((error: unknown) => {
      dialog.showErrorBox(
        'Athene could not start',
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
      end(1);
    });
}

function end(code: number, line?: string): void {
  if (line !== undefined) (code === 0 ? process.stdout : process.stderr).write(`${line}\n`);
  app.exit(code);
}
