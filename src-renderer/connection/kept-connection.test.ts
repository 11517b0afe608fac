import { expect, it } from 'vitest';
import { noWork } from '#shared/domain/set-up.ts';
import { contract } from '#shared/contract/contract.ts';
import { untouchedProject, type ProjectView } from '#shared/domain/project.ts';
import { connect } from '#shared/rpc/connect.ts';
import { memoryTransportPair } from '#shared/rpc/memory-transport.ts';
import { serve } from '#shared/rpc/serve.ts';
import { fakeHost } from '../dev/fake-host.ts';
import { keepConnected } from './kept-connection.ts';

function setUp() {
  const host = fakeHost({ sessions: 'none', lease: true });
  const ends: (() => void)[] = [];
  let up = true;
  const connection = keepConnected(() => {
    const [mine, theirs] = memoryTransportPair();
    if (up) serve(contract, host.handlers, theirs, null);
    else theirs.close('down');
    ends.push(() => theirs.close('cut'));
    return connect(contract, mine);
  });
  const heard: string[] = [];
  let seq: number | undefined;
  connection.follow(
    'projects',
    {},
    {
      onSnapshot: (items, number) => {
        seq = number;
        heard.push(`snapshot of ${items.length}`);
      },
      onChange: (change, number) => {
        seq = number;
        heard.push(change.kind);
      },
      onEnd: (problem) => heard.push(`end: ${problem.code}`),
    },
    () => seq,
  );
  return {
    host,
    connection,
    heard,
    cut: () => ends.at(-1)?.(),
    power: (on: boolean) => (up = on),
    dials: () => ends.length,
  };
}

const project: ProjectView = {
  id: 'x',
  name: 'x',
  path: '/x',
  prefix: 'x',
  defaultBranch: 'main',
  work: noWork,
  state: 'ready',
  problem: null,
  ...untouchedProject,
};

it('comes back after a cut and follows its feeds again', async () => {
  const { host, connection, heard, cut } = setUp();
  await expect.poll(() => heard).toEqual(['snapshot of 4']);
  cut();
  await expect.poll(() => connection.state.get().kind).toBe('reconnecting');
  await expect.poll(() => connection.state.get().kind).toBe('connected');
  host.projects.put(project);
  await expect.poll(() => heard.at(-1)).toBe('upsert');
  connection.close();
});

it('answers calls with a problem while there is no host, and dials until there is one', async () => {
  const { connection, cut, power, dials } = setUp();
  await expect.poll(() => connection.state.get().kind).toBe('connected');
  power(false);
  cut();
  await expect.poll(() => dials()).toBeGreaterThan(2);
  const answer = await connection.call('settings.get', {});
  power(true);
  await expect.poll(() => connection.state.get().kind).toBe('connected');
  expect(answer).toMatchObject({ ok: false, problem: { code: 'disconnected' } });
  connection.close();
});
