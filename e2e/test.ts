// The test function of the specs: a world and a host of its own for each test.
import { test as base } from '@playwright/test';
import { BrowserHost } from './hosts/browser-host.ts';
import type { HostUnderTest } from './hosts/host.ts';
import { createWorld, type World } from './world.ts';

export { expect } from '@playwright/test';

export const test = base.extend<{ world: World; host: HostUnderTest }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to learn what is needed: nothing
  world: async ({}, use) => {
    const world = createWorld();
    await use(world);
    await world.close();
  },
  /** Started already. */
  host: async ({ world, context }, use) => {
    const host = new BrowserHost({ athene: world.command, env: world.env, context });
    await host.start();
    await use(host);
    await host.stop();
  },
});
