import { expect, it } from 'vitest';
import { listSessions } from './sessions.ts';
import { sampleRecord, ScratchHome } from './fixtures/scratch-home.ts';
import { insertSession } from './sessions.ts';

it('lists the good ones and shows the bad ones when 500 of 10,000 sessions are damaged', async () => {
  const home = new ScratchHome();
  try {
    const store = await home.openFully();
    for (let from = 1; from <= 10_000; from += 1000) {
      await store.write('fill', (tx) => {
        for (let number = from; number < from + 1000; number += 1) {
          insertSession(tx, sampleRecord(`app-${number}`, { number }));
        }
      });
    }
    const harms = [
      "'{'",
      "'null'",
      "json_set(record, '$.id', 'other-1')",
      "json_remove(record, '$.lifecycle')",
      "x'ff00'",
    ];
    await store.write('damage', (tx) => {
      harms.forEach((harm, index) => {
        const sql = `UPDATE sessions SET record = CAST(${harm} AS TEXT) WHERE number % 20 = 0 AND number / 20 % 5 = ${index}`;
        tx.run(sql);
      });
    });
    const { sessions, damaged } = store.read(listSessions);
    expect([sessions.length, damaged.length]).toEqual([9500, 500]);
    expect(damaged.every(({ id, why }) => Number(id.slice(4)) % 20 === 0 && why !== '')).toBe(true);
    expect(sessions.every(({ record }) => (record.number ?? 0) % 20 !== 0)).toBe(true);
  } finally {
    await home.remove();
  }
}, 60_000);
