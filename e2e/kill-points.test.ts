// Kills a real `athene spawn` before every call that it makes to the outside, and looks for anything that is left.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '#main/host/host.ts';
import { killSession } from '#main/sessions/kill.ts';
import { pruneTranscripts } from '#main/sessions/prune-transcripts.ts';
import { removeSession } from '#main/sessions/remove.ts';
import { recoverSpawns } from '#main/sessions/spawn/recover-spawns.ts';
import { listClaims } from '#main/storage/claims.ts';
import { listRequests } from '#main/storage/requests.ts';
import { listSessions } from '#main/storage/sessions.ts';
import { listTerminals } from '#main/storage/terminals.ts';
import { listTokens } from '#main/storage/tokens.ts';
import { FaultCount, loopPatience, pointsOf, wholeRun } from './fault-plan.ts';
import { openFaultWorld, type FaultWorld } from './fixtures/fault-world.ts';
import { needsSetUp } from './set-up-project.ts';
import { readIfThere } from './read-if-there.ts';
import type { World } from './world.ts';

/** Milliseconds for all points of one kind of fault. */
/** A kill costs a whole spawn or less, a failure always a whole one. */
const every = { kill: 3, fail: 8 };
const count = new FaultCount('Spawn');
/** Says something, so that its prompt is typed at once. */
const agent = 'echo ready; sleep 600';
const prompt = 'a prompt that must not get lost';

let faulty: FaultWorld;
let world: World;
let host: Host;

beforeAll(async () => {
  faulty = await openFaultWorld();
  ({ world, host } = faulty);
  needsSetUp(world);
  // The first spawn starts the pty host, which then serves all the others.
  await world.athene('spawn', '--project', 'demo', '--agent', 'custom', '--command', agent);
  await endAll();
}, 60_000);

afterAll(async () => {
  count.print();
  await faulty.close();
}, 60_000);

const spawning = ['spawn', '7', '--project', 'demo', '--agent', 'custom', '--command', agent, '--prompt', prompt];

/** Stops and removes every session, whatever state it is in. */
async function endAll(): Promise<void> {
  const { sessions } = host.sessions.store.read(listSessions);
  for (const { record } of sessions) {
    const killed = await killSession(host.sessions, record.id);
    const removed = await removeSession(host.sessions, record.id);
    if (!killed.ok || !removed.ok) throw new Error(JSON.stringify([killed, removed]));
    const branch = record.workspace?.branch;
    if (branch) execFileSync('git', ['branch', '-q', '-D', branch], { cwd: world.repository });
  }
  await pruneTranscripts(host.sessions, allTranscripts);
}

/** What a removed session printed is kept for a while, which is not this test's matter. */
const allTranscripts = -1;

/** What the command's own session was asked for is in its agent's environment. */
function agentsAlive(): readonly string[] {
  return world.processes().flatMap((pid) => {
    const marker = /ATHENE_SESSION=[^\0]*/.exec(readIfThere(`/proc/${pid}/environ`));
    return marker === null ? [] : [`${pid} ${marker[0]}`];
  });
}

/** Everything in this world that a spawn makes, by kind; an empty world has only empty lists. */
function leftovers() {
  const { store, paths } = host.sessions;
  const sessions = store.read(listSessions);
  const below = (path: string): string[] => (existsSync(path) ? readdirSync(path) : []);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: world.repository, encoding: 'utf8' }).trim();
  return {
    rows: [...sessions.sessions.map(({ record }) => record.id), ...sessions.damaged.map(({ id }) => id)],
    claims: store.read(listClaims),
    terminals: store.read((tx) => listTerminals(tx)),
    tokens: store.read(listTokens),
    running: store.read((tx) => listRequests(tx, 'running')),
    worktrees: below(join(paths.worktrees, 'demo')),
    registered: git('worktree', 'list', '--porcelain').match(/^worktree /gm)?.length,
    branches: git('for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/athene'),
    files: below(paths.sessions),
    transcripts: below(paths.transcripts),
    agents: agentsAlive(),
  };
}

const emptyWorld = {
  rows: [],
  claims: [],
  terminals: [],
  tokens: [],
  running: [],
  worktrees: [],
  registered: 1,
  branches: 'refs/heads/main',
  files: [],
  transcripts: [],
  agents: [],
};

/** Requests that failed keep the prompt; one that went through before the fault struck is a live session. */
async function expectEmptyOrWhole(at: string): Promise<'empty' | 'whole'> {
  const { store } = host.sessions;
  await recoverSpawns(host.sessions);
  const { sessions } = store.read(listSessions);
  const whole = sessions.length === 1 && sessions[0]?.record.lifecycle.session.state === 'working';
  await faulty.expectMended(at);
  if (whole) await endAll();
  expect(leftovers(), at).toEqual(emptyWorld);
  const prompts = store
    .read((tx) => listRequests(tx, 'failed'))
    .map(({ input }) => (input as { prompt: unknown }).prompt);
  expect(
    prompts.every((kept) => kept === prompt),
    at,
  ).toBe(true);
  return whole ? 'whole' : 'empty';
}

/** Calls to the outside that an untouched spawn makes. */
async function countCalls(): Promise<number> {
  const { length } = await faulty.callsOf(spawning);
  await endAll();
  return length;
}

describe.runIf(process.platform === 'linux')('a spawn', () => {
  it(
    'that is killed before any of its calls leaves an empty world, and its issue free',
    async () => {
      const outcomes = { empty: 0, whole: 0 };
      const calls = await countCalls();
      for (const point of pointsOf(calls, every.kill)) {
        await count.around(async () => {
          const ended = await faulty.atheneWith(`kill:${point}`, spawning);
          outcomes[await expectEmptyOrWhole(`kill before call ${point}: ${ended.stderr}`)] += 1;
        });
      }
      expect(outcomes.empty).toBeGreaterThan(40 / every.kill);
      // Only the last few calls come after the moment from which on it is a session.
      expect(outcomes.whole > 0 || !wholeRun).toBe(true);
      expect((await faulty.atheneWith('count:0:/dev/null', spawning)).code).toBe(0);
      await endAll();
    },
    loopPatience,
  );

  it(
    'whose call fails says so and leaves an empty world, or goes on without that call',
    async () => {
      const calls = await countCalls();
      for (const point of pointsOf(calls, every.fail)) {
        await count.around(async () => {
          const ended = await faulty.atheneWith(`fail:${point}:EIO`, spawning);
          expect(ended.signal, `fail at call ${point}`).toBeNull();
          if (ended.code !== 0) expect(ended.stderr, `fail at call ${point}`).not.toBe('');
          await expectEmptyOrWhole(`fail at call ${point}: ${ended.stderr}`);
        });
      }
    },
    loopPatience,
  );
});
