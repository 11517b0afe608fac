// Whoever leads, started by real commands: many at once get one, and a command that is killed in the middle leaves nothing that is half made.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '#main/host/host.ts';
import { killSession } from '#main/sessions/kill.ts';
import { removeSession } from '#main/sessions/remove.ts';
import { recoverSpawns } from '#main/sessions/spawn/recover-spawns.ts';
import { listRequests } from '#main/storage/requests.ts';
import { listSessions } from '#main/storage/sessions.ts';
import { listTerminals } from '#main/storage/terminals.ts';
import { listTokens } from '#main/storage/tokens.ts';
import { FaultCount, loopPatience, pointsOf, wholeRun } from './fault-plan.ts';
import { openFaultWorld, type FaultWorld } from './fixtures/fault-world.ts';

const count = new FaultCount('Coordinator');
/** Commands that start the same one at once; a kill costs a whole start or less. */
const atOnce = wholeRun ? 50 : 3;
const every = 45;
const how = ['--agent', 'custom', '--command', 'sleep 600'];
const starting = ['orchestrator', 'start', 'demo', ...how];

let faulty: FaultWorld;
let host: Host;

beforeAll(async () => {
  faulty = await openFaultWorld();
  ({ host } = faulty);
}, 60_000);

afterAll(async () => {
  count.print();
  await faulty.close();
}, 60_000);

const records = () => host.sessions.store.read(listSessions).sessions.map(({ record }) => record);

async function running(): Promise<readonly string[]> {
  const terminals = await host.sessions.runtime.running();
  if (!terminals.ok) throw new Error(terminals.problem.what);
  return terminals.value.map(({ session }) => session).toSorted();
}

async function endAll(): Promise<void> {
  for (const { id, workspace } of records()) {
    const killed = await killSession(host.sessions, id);
    const removed = await removeSession(host.sessions, id);
    if (!killed.ok || !removed.ok) throw new Error(JSON.stringify([killed, removed]));
    const branch = workspace?.branch;
    if (branch) execFileSync('git', ['branch', '-q', '-D', branch], { cwd: faulty.world.repository });
  }
}

it('is refused without the consent of the person, and told how to give it', async () => {
  const { world } = faulty;
  const refused = await world.athene(...starting);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--allow-permissionless')]);
  const agreed = await world.athene(...starting, '--allow-permissionless', '--json');
  expect(JSON.parse(agreed.stdout)).toEqual({ session: 'repo-orchestrator', how: 'started', url: null });
  const stopped = await world.athene('orchestrator', 'stop', 'demo');
  expect([stopped.code, stopped.stdout]).toEqual([0, 'Stopped: repo-orchestrator\n']);
  expect((await world.athene('meta', 'add', 'chief', '--all')).code).toBe(0);
  await endAll();
}, 120_000);

/** Without a limit of time: fifty on a busy machine take their minutes. */
async function allAtOnce(many: number, words: readonly string[]): Promise<void> {
  const ended = await Promise.all(Array.from({ length: many }, () => faulty.atheneWith('count:0:/dev/null', words)));
  expect(ended).toEqual(ended.map(() => ({ code: 0, signal: null, stderr: '' })));
}

it(
  'is one, however many processes start it at once',
  async () => {
    await allAtOnce(atOnce, ['meta-start', 'chief', ...how]);
    await allAtOnce(atOnce, starting);
    expect(await running()).toEqual(['chief', 'repo-orchestrator']);
    expect(records().map(({ kind, lifecycle }) => [kind, lifecycle.session.state])).toHaveLength(2);
    // To be replaced by many at once: whoever comes first does it, and one is left.
    await allAtOnce(2, [...starting, '--strategy', 'delete']);
    expect(await running()).toEqual(['chief', 'repo-orchestrator']);
    await endAll();
  },
  loopPatience,
);

/** All of this world that a start makes. */
function leftovers() {
  const { store, paths } = host.sessions;
  const below = (path: string): string[] => (existsSync(path) ? readdirSync(path) : []);
  const branches = execFileSync('git', ['for-each-ref', '--format=%(refname)'], { cwd: faulty.world.repository });
  return {
    sessions: records().map(({ id }) => id),
    terminals: store.read((tx) => listTerminals(tx)),
    tokens: store.read(listTokens),
    requests: store.read((tx) => listRequests(tx)).filter(({ state }) => state !== 'done'),
    worktrees: [...below(join(paths.worktrees, 'demo')), ...below(join(paths.worktrees, '_meta'))],
    branches: branches.toString().trim(),
    files: below(paths.sessions),
  };
}

const emptyWorld = {
  ...{ sessions: [], terminals: [], tokens: [], requests: [], worktrees: [], files: [] },
  branches: 'refs/heads/main',
};

describe.runIf(process.platform === 'linux')('a start', () => {
  it.each([
    ['an orchestrator', starting],
    ['a meta orchestrator', ['meta-start', 'chief', ...how]],
  ])(
    'of %s that is killed before any of its calls leaves nothing, or one that is whole',
    async (_, words) => {
      const { length } = await faulty.callsOf(words);
      await endAll();
      for (const point of pointsOf(length, every)) {
        await count.around(async () => {
          const { stderr } = await faulty.atheneWith(`kill:${point}`, words);
          const at = `kill before call ${point}: ${stderr}`;
          await recoverSpawns(host.sessions);
          await faulty.expectMended(at);
          const [made] = records();
          if (made !== undefined) expect(made.lifecycle.session.state, at).toBe('working');
          await endAll();
          expect(leftovers(), at).toEqual(emptyWorld);
        });
      }
      // The next one is not hindered by what was killed.
      expect((await faulty.atheneWith('count:0:/dev/null', words)).code).toBe(0);
      await endAll();
    },
    loopPatience,
  );
});
