// The question before the handlers of a real host.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownerOfSpawn, type Caller, type SessionCaller } from '#shared/domain/caller.ts';
import { rules, type Action } from '#shared/contract/rules.ts';
import type { FeedSink } from '#shared/rpc/handlers.ts';
import { HostHome } from './fixtures/host-home.ts';
import type { Host } from './host.ts';

const home = new HostHome();
let host: Host;
beforeAll(async () => {
  host = await home.open(false);
});
afterAll(() => home.close());

const unproven: Caller = { kind: 'unproven', session: 'api-1', why: 'token-missing' };
const worker: SessionCaller = {
  ...{ kind: 'session', session: 'api-1', role: 'worker', project: 'api', owner: { kind: 'project' }, leads: [] },
};
const around = (context: Caller) => ({ context, signal: new AbortController().signal });

type Loose = (
  input: object,
  call: ReturnType<typeof around>,
) => Promise<{ readonly ok: boolean; readonly problem?: { readonly code: string } }>;

/** Nothing more that a handler could work with: it is never reached. */
const doing = { dryRun: false, repair: true, id: 'api-2', session: 'api-2', project: 'api' };

it.each([['an agent without its token', unproven] as const, ['a worker', worker] as const])(
  'no handler is reached that %s may not ask',
  async (_, caller) => {
    const calls = Object.entries(host.handlers.calls as unknown as Readonly<Record<string, Loose>>);
    const closed = calls.filter(([name]) => rules[name as Action].who !== 'everybody');
    const answers = await Promise.all(
      closed.map(async ([name, call]) => ({ name, ...(await call(doing, around(caller))) })),
    );
    expect(answers.filter(({ problem }) => problem?.code !== 'not-allowed')).toEqual([]);
    expect(closed.length).toBeGreaterThan(15);
  },
);

it.each([unproven, worker, { kind: 'command' } as const])(
  'feeds and terminals are for windows only: %j',
  async (caller) => {
    const ends: string[] = [];
    const sink = { end: ({ code }: { code: string }) => void ends.push(code) } as unknown as FeedSink<never>;
    for (const open of Object.values(host.handlers.feeds))
      open({ session: 'api-1' } as never, null, sink, around(caller));
    expect(ends).toEqual(Object.keys(host.handlers.feeds).map(() => 'not-allowed'));
    const key = { terminal: host.sessions.newId(), from: 'screen', lease: true } as const;
    const lane = await host.handlers.bytes.terminal(key, {} as never, around(caller));
    expect(lane).toMatchObject({ ok: false, problem: { code: 'not-allowed' } });
  },
);

it('the owner of a spawn is who asks', () => {
  const meta: SessionCaller = { ...worker, session: 'chief', role: 'meta-orchestrator' };
  const orchestrator: SessionCaller = { ...worker, role: 'orchestrator' };
  expect([{ kind: 'window' } as const, orchestrator, meta].map(ownerOfSpawn)).toEqual([
    { kind: 'project' },
    { kind: 'project' },
    { kind: 'meta', name: 'chief' },
  ]);
});
