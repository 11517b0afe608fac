import { expect, it } from 'vitest';
import { SpoolHome } from './fixtures/spool-home.ts';
import { watchSpool } from './watch-spool.ts';

it('takes in what is written while it watches, without being asked, and nothing more when it is closed', async () => {
  const home = await new SpoolHome().open();
  const watch = watchSpool(home.dependencies);
  try {
    await Promise.all(Array.from({ length: 5 }, (_, n) => home.tell('Turn', { conversation: `c-${n}` })));
    await expect.poll(() => home.events().length, { timeout: 30_000 }).toBe(5);
    await watch.close();
    await home.tell('Turn', { conversation: 'later' });
    expect([home.events().length, await home.ingest(), home.stored().rev]).toEqual([5, 1, 7]);
  } finally {
    await watch.close();
    await home.close();
  }
});

it('looks again for whoever asks while a look is under way', async () => {
  const home = await new SpoolHome().open();
  const watch = watchSpool(home.dependencies);
  try {
    const first = watch.look();
    home.lay('a.json', home.event());
    await Promise.all([first, watch.look()]);
    expect(home.events()).toHaveLength(1);
  } finally {
    await watch.close();
    await home.close();
  }
});
