// The desktop app on Electron itself, where its binary is. Its specs are those of every host; what only the system shows (tray,
// notifications) can't be asked of it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronBinary } from './electron-binary.ts';
import type { HostUnderTest } from './host.ts';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export class ElectronHost implements HostUnderTest {
  readonly name = 'electron';
  readonly address = /^athene:\/\/app\//;
  readonly #env: Readonly<Record<string, string>>;
  #app: ElectronApplication | null = null;
  #handedOut = 0;

  constructor({ env }: { readonly env: Readonly<Record<string, string>> }) {
    this.#env = env;
  }

  async start(): Promise<void> {
    const display = ['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'XAUTHORITY'].flatMap((name) =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    );
    this.#handedOut = 0;
    this.#app = await _electron.launch({
      executablePath: electronBinary() ?? '',
      // Only this test run: the packaged app is never started so.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), top],
      env: { ...this.#env, ...(Object.fromEntries(display) as Record<string, string>) },
    });
    await this.#app.firstWindow();
  }

  async open(): Promise<Page> {
    const app = this.#running();
    const index = this.#handedOut;
    this.#handedOut += 1;
    const known = app.windows()[index];
    if (known !== undefined) return known;
    const opened = app.waitForEvent('window');
    await app.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
      items.find(({ label }) => label === 'New window')?.click();
    });
    return await opened;
  }

  async again(): Promise<Page> {
    return this.open();
  }

  async pages(): Promise<readonly Page[]> {
    return this.#running().windows();
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  #running(): ElectronApplication {
    if (this.#app === null) throw new Error('The app is not running');
    return this.#app;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const app = this.#app;
    this.#app = null;
    if (app === null) return;
    const closed = app.waitForEvent('close');
    app.process().kill(signal);
    await closed;
  }
}
