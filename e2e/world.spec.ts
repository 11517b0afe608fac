import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createWorld } from './world.ts';
import { expect, test } from './test.ts';

test('a world is a home, a repository and a command, and leaves nothing', async () => {
  const world = createWorld();
  expect(existsSync(join(world.repository, '.git'))).toBe(true);
  expect(world.fakeAgent('exits', '--code', '3')).toContain("exits.mjs' '--code' '3'");
  await world.close();
  expect([existsSync(world.home), existsSync(world.repository), world.processes()]).toEqual([false, false, []]);
});

test('the browser runs and draws', async ({ page }) => {
  await page.setContent('<h1>Athene</h1>');
  await expect(page.getByRole('heading')).toHaveText('Athene');
});
