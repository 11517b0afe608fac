import { describe, expect, it } from 'vitest';
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { SpawnView } from '#shared/domain/spawn.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { Client } from '#shared/rpc/connect.ts';
import type { Ask } from './ask.ts';
import { sampleSession } from './fixtures/sample-session.ts';
import { stopAll } from './stop-all.ts';

type Answer = 'stay' | 'quit';

/** `outcomes`: what becomes of a session or spawn; the rest ends as it should. */
function setUp(outcomes: Readonly<Record<string, unknown>> = {}, answer: Answer = 'stay') {
  const asked: string[] = [];
  const called: string[] = [];
  const atOnce = { now: 0, most: 0 };
  const call = async (name: string, { id, request }: { id?: string; request?: string }) => {
    const what = id ?? request ?? '';
    called.push(`${name} ${what}`);
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce.now -= 1;
    return outcomes[what] ?? ok({ alreadyEnded: false, survivors: [] });
  };
  const ask: Ask = async ({ message, detail = '', cancel }) => {
    asked.push(message, detail);
    return { answer: answer as typeof cancel, isChecked: false };
  };
  return { client: { call } as unknown as Pick<Client<AtheneContract>, 'call'>, ask, asked, called, atOnce };
}

const spawn = (request: string, session: string | null) => ({ request, session, name: 'being made' }) as SpawnView;
const sessions = (count: number) =>
  Array.from({ length: count }, (_, index) => sampleSession(`api-${index}`, 'working'));

describe('stopping all', () => {
  it('ends each session, a few at a time, and takes back what has no session yet', async () => {
    const { client, ask, asked, called, atOnce } = setUp();
    const spawns = [spawn('r-1', null), spawn('r-2', 'api-3')];
    expect(await stopAll({ client, ask, sessions: sessions(20), spawns })).toBe(true);
    expect(called.toSorted()).toEqual(
      ['session.cancelSpawn r-1', ...sessions(20).map(({ id }) => `session.kill ${id}`)].toSorted(),
    );
    expect([asked, atOnce.most]).toEqual([[], 4]);
  });

  it.each([
    ['stay', false],
    ['quit', true],
  ] as const)('tells what could not be ended, and then the person says: %s', async (answer, goes) => {
    const problem = (what: string) => fail({ code: 'runtime-unreachable', what });
    const { client, ask, asked } = setUp(
      {
        'api-0': problem('Its terminal can’t be reached.'),
        'api-1': ok({ alreadyEnded: false, survivors: [7, 8] }),
        'r-1': problem('Another Athene makes it.'),
        'r-2': fail({ code: 'spawn-unknown', what: 'There is none.' }),
      },
      answer,
    );
    const spawns = [spawn('r-1', null), spawn('r-2', null)];
    expect(await stopAll({ client, ask, sessions: sessions(3), spawns })).toBe(goes);
    expect(asked[0]).toBe('3 agents could not be stopped');
    for (const line of ['(api-0): Its terminal', '(api-1): processes 7, 8 did not end', 'Another Athene makes it'])
      expect(asked[1]).toContain(line);
  });

  it('keeps the list short enough for the buttons below it', async () => {
    const many = sessions(200);
    const failed = Object.fromEntries(many.map(({ id }) => [id, fail({ code: 'storage-busy', what: 'Busy.' })]));
    const { client, ask, asked } = setUp(failed);
    await stopAll({ client, ask, sessions: many, spawns: [] });
    expect(asked[0]).toBe('200 agents could not be stopped');
    expect(asked[1]?.split('\n').length).toBeLessThan(16);
  });
});
