// The test function of the specs: a world and a host of its own for each test. Which host, the project says.
import { test as base } from '@playwright/test';
import { BrowserHost } from './hosts/browser-host.ts';
import { ElectronHost } from './hosts/electron-host.ts';
import type { HostName, HostUnderTest } from './hosts/host.ts';
import { StandInHost } from './hosts/stand-in-host.ts';
import { createWorld, type World } from './world.ts';

export { expect } from '@playwright/test';

export interface Fixtures {
  world: World;
  /** Started already. */
  host: HostUnderTest;
  /** The same, with its driver: for specs of the desktop app. */
  desktop: StandInHost;
}

export const test = base.extend<Fixtures & { hostName: HostName }>({
  hostName: ['browser', { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to learn what is needed: nothing
  world: async ({}, use) => {
    const world = createWorld();
    await use(world);
    await world.close();
  },
  host: async ({ world, context, hostName }, use) => {
    const { command: athene, env } = world;
    const host =
      hostName === 'browser'
        ? new BrowserHost({ athene, env, context })
        : hostName === 'electron'
          ? new ElectronHost({ env })
          : new StandInHost({ env });
    await host.start();
    await use(host);
    await host.stop();
  },
  desktop: async ({ world }, use) => {
    const host = new StandInHost({ env: world.env });
    await host.start();
    await use(host);
    await host.stop();
  },
});
