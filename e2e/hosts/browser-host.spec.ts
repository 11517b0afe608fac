import { expect, test } from '../test.ts';

test('a tab is let in once, a second one too, and both find a host that was killed and started again', async ({
  host,
}) => {
  const first = await host.open();
  await expect(first).toHaveTitle(/(^|– )Athene$/);
  await expect(first.locator('#root')).not.toBeEmpty();
  const second = await host.open();
  await expect(second.locator('#root')).not.toBeEmpty();
  await host.kill9();
  await host.start();
  for (const page of [first, second]) {
    const response = await page.reload();
    expect(response?.status()).toBe(200);
    await expect(page.locator('#root')).not.toBeEmpty();
  }
});

test('the command and the host share a home', async ({ world, host }) => {
  expect(host.name).toBe('browser');
  const added = await world.athene('project', 'add', world.repository, '--id', 'repo');
  expect([added.code, added.stderr]).toEqual([0, '']);
  const page = await host.open();
  await expect(page.getByText('repo').first()).toBeVisible();
});
