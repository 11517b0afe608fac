// The timeline beside a session: what happened, who told it, and what happens while somebody looks.
import { join } from 'node:path';
import { sessionRow } from './screen.ts';
import { expect, test } from './test.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('a timeline goes on by itself, is filtered by who told, and says when there is nothing', async ({
  world,
  host,
}) => {
  const page = await host.open();
  await world.athene('project', 'add', world.repository, '--id', 'api');
  const command = ['--command', world.fakeAgent('echoes')];
  const { stdout } = await world.athene('spawn', '--project', 'api', '--agent', 'custom', '--name', 'echo', ...command);
  const id = /SESSION=(\S+)/.exec(stdout)?.[1] ?? '';

  await sessionRow(page, 'echo').click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const timeline = inspector.getByRole('tabpanel', { name: 'Timeline' });
  await inspector.getByRole('tab', { name: 'Summary' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(inspector.getByRole('tab', { name: 'Timeline' })).toBeFocused();
  await expect(timeline.getByRole('listitem').first()).toContainText('custom was started');

  await world.athene('send', id, 'hello there');
  const texts = timeline.getByRole('listitem');
  await expect(texts.first()).toContainText('The message was seen to arrive.');
  await expect(texts.nth(1)).toContainText('Message: hello there you');

  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.screenshot({ path: join(test.info().outputDir, `timeline-${theme}.png`), animations: 'disabled' });
  }

  await timeline.getByRole('radio', { name: 'You' }).click();
  await expect(texts).toHaveCount(1);
  await timeline.getByRole('radio', { name: 'Git' }).click();
  await expect(timeline).toContainText('Nothing of this kind has happened.');
  await timeline.getByRole('radio', { name: 'You' }).click();
  await world.athene('session', 'kill', id);
  await expect(texts.first()).toContainText('It was stopped. you');
});
