// Every string of every call of the contract × the hostile strings, through the wire to the real handlers on a real home.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, type AtheneContract } from '#shared/contract/contract.ts';
import type { CallName, GivenOf } from '#shared/rpc/define-contract.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import { memoryTransportPair } from '#shared/rpc/memory-transport.ts';
import { serve } from '#shared/rpc/serve.ts';
import type { Host } from '#main/host/host.ts';
import { runName, some } from './corpus.ts';
import { hostOf } from '../fixtures/host-of.ts';
import { createHostileWorld, type HostileWorld } from './hostile-world.ts';

const patience = 300_000;

let world: HostileWorld;
let host: Host;
let client: Client<AtheneContract>;
let tried = 0;

beforeAll(async () => {
  world = createHostileWorld();
  host = await hostOf(world);
  const [here, there] = memoryTransportPair();
  serve(contract, host.handlers, there, { kind: 'command' });
  client = connect(contract, here);
  const added = await client.call('project.add', { path: world.repository, id: 'demo' });
  expect(added.ok).toBe(true);
}, patience);

afterAll(async () => {
  console.log(`Hostile strings in calls (${runName}): ${tried} tried, ${world.violations().length} escapes`);
  client.close();
  await host.close();
  await world.close();
}, patience);

type Examples = { readonly [N in CallName<AtheneContract>]?: () => GivenOf<AtheneContract, N> };

const session = 'repo-1';
const ref = `refs/athene/rescue/${session}/1`;

const coordinator = { agent: 'custom', command: 'true', allowPermissionless: true };

/** One valid input per call, its texts filled: each text is where a hostile string goes. */
const examples: Examples = {
  'project.add': () => ({ path: world.repository, id: 'again' }),
  'project.addSandbox': () => ({}),
  'project.trust': () => ({ id: 'demo', trust: false }),
  'project.configure': () => ({
    id: 'demo',
    work: { copy: ['.env'], link: ['node_modules'], setUp: [], tearDown: [], run: null },
  }),
  'project.limit': () => ({ id: 'demo', maximalAgents: 3 }),
  'project.saveReplies': () => ({ id: 'demo', replies: ['go on'] }),
  'config.explain': () => ({ project: 'demo' }),
  'config.read': () => ({ key: 'projects.demo.path' }),
  'config.set': () => ({ key: 'projects.demo.color', value: '"#4a90d9"' }),
  'project.acceptFile': () => ({ id: 'demo', hash: 'a4fff1d52dbdd675e33c3a4220a8c540' }),
  'project.remove': () => ({ id: 'nobody' }),
  'agent.list': () => ({ fresh: false }),
  'session.spawn': () => ({
    ...{ request: randomUUID(), project: 'demo', agent: 'custom', prompt: 'do it', issue: null, command: 'true' },
    ...{ name: 'A name', branch: `b-${randomUUID()}`, base: 'main', permissions: 'ask', model: 'm' },
    workspace: { kind: 'worktree' },
  }),
  'session.enqueue': () => ({
    ...{ request: randomUUID(), project: 'demo', agent: 'custom', prompt: 'do it', issue: null, command: 'true' },
    ...{ name: 'A name', branch: `b-${randomUUID()}`, base: 'main', permissions: 'ask', model: 'm' },
    workspace: { kind: 'worktree' },
  }),
  'session.cancelSpawn': () => ({ request: randomUUID() }),
  'session.dismissSpawn': () => ({ request: randomUUID() }),
  'session.kill': () => ({ id: session }),
  'session.remove': () => ({ id: session }),
  'session.removalPreview': () => ({ id: session }),
  'session.restore': () => ({ id: session }),
  'session.run': () => ({ id: session }),
  'session.stopRun': () => ({ id: session }),
  'session.openShell': () => ({ id: session }),
  'session.closeTerminal': () => ({ id: session, terminal: randomUUID() }),
  'issue.list': () => ({ project: 'demo', query: 'login', state: 'open', limit: 5 }),
  'issue.show': () => ({ project: 'demo', issue: '7' }),
  'issue.create': () => ({ project: 'demo', title: 'A title', body: 'A text' }),
  'issue.setState': () => ({ project: 'demo', issue: '7', state: 'closed' }),
  'pullRequest.refresh': () => ({ id: session }),
  'pullRequest.merge': () => ({ id: session, method: 'squash' }),
  'pullRequest.close': () => ({ id: session }),
  'pullRequest.markReady': () => ({ id: session }),
  'pullRequest.updateBranch': () => ({ id: session }),
  'pullRequest.reply': () => ({ id: session, thread: 'PRRT_1', text: 'A text' }),
  'pullRequest.resolve': () => ({ id: session, thread: 'PRRT_1', resolved: true }),
  'session.rename': () => ({ id: session, name: 'A name' }),
  'session.explain': () => ({ id: session }),
  'session.report': () => ({ id: session, state: 'working', note: null }),
  'session.pin': () => ({ id: session, on: true }),
  'session.archive': () => ({ id: session, on: true }),
  'session.snooze': () => ({ id: session, until: 'change' }),
  'session.read': () => ({ id: session, on: true }),
  'session.conversation': () => ({ id: session, beside: { file: '1:2', offset: 10, side: 'behind' as const } }),
  'session.question': () => ({ id: session }),
  'session.answer': () => ({ id: session, question: randomUUID(), text: 'y' }),
  'session.mute': () => ({ id: session, mute: { until: null } }),
  'notice.read': () => ({ ids: [randomUUID()], on: true }),
  'notice.clear': () => ({ ids: [randomUUID()], on: true }),
  'reaction.list': () => ({ project: 'demo', session }),
  'reaction.preview': () => ({ id: session, key: 'ci-failed' }),
  'reaction.run': () => ({ id: session, key: 'ci-failed' }),
  'reaction.dismiss': () => ({ id: session, key: 'ci-failed', on: true }),
  'reaction.check': () => ({ project: 'demo', dryRun: true }),
  'notifier.test': () => ({ name: 'nobody' }),
  'notifier.route': () => ({ priority: 'info', notifiers: ['desktop'] }),
  'message.sendAgain': () => ({ session, message: randomUUID(), as: randomUUID() }),
  'message.sendAnyway': () => ({ session, message: randomUUID() }),
  'message.discard': () => ({ session, message: randomUUID() }),
  'coordinator.start': () => ({ project: 'demo', strategy: 'reuse' as const, ...coordinator }),
  'coordinator.startMeta': () => ({ name: 'chief', ...coordinator }),
  'coordinator.relaunch': () => ({ id: 'chief', ...coordinator }),
  'coordinator.stop': () => ({ id: session, withWorkers: true }),
  'coordinator.pause': () => ({ id: session, on: true }),
  'coordinator.list': () => ({}),
  'coordinator.addMeta': () => ({ name: 'chief', scope: { projects: ['demo'] }, agent: 'custom' }),
  'coordinator.removeMeta': () => ({ name: 'chief' }),
  'session.deleteConversation': () => ({ id: session }),
  'session.remap': () => ({ id: session, force: false }),
  'session.claimPullRequest': () => ({ id: session, reference: '#1', assignOnGithub: false }),
  'session.send': () => ({ id: session, message: randomUUID(), text: 'a message' }),
  'session.get': () => ({ id: session }),
  'session.freeze': () => ({ id: session }),
  'session.thaw': () => ({ id: session }),
  'session.resources': () => ({ id: session }),
  'session.cleanup': () => ({ project: 'demo', dryRun: true }),
  'event.list': () => ({ session, project: 'demo', kinds: ['session.'], sources: ['athene'], search: 'a word' }),
  'rescue.list': () => ({ project: 'demo', session }),
  'rescue.show': () => ({ project: 'demo', ref }),
  'rescue.restore': () => ({ project: 'demo', ref, path: join(world.home, 'given-back') }),
  'rescue.prune': () => ({ days: 30, dryRun: true }),
  'settings.get': () => ({}),
  'settings.set': () => ({ theme: 'dark' }),
  'plugin.list': () => ({}),
  'plugin.add': () => ({ path: '/nowhere' }),
  'plugin.remove': () => ({ id: 'files' }),
  'plugin.trust': () => ({ id: 'files', hash: null }),
  'draft.get': () => ({}),
  'draft.set': () => ({ text: 'a draft' }),
  'system.info': () => ({}),
  'system.fsck': () => ({ repair: false }),
  'system.recover': () => ({ dryRun: true, project: 'demo', endMany: false }),
  'system.doctor': () => ({}),
  'system.import': () => ({
    from: join(world.home, 'other'),
    configuration: join(world.home, 'other.yaml'),
    apply: false,
  }),
};

/** Calls that start programs: fewer strings for each of their texts. */
const slow = new Set<string>(['session.spawn', 'session.enqueue', 'project.add', 'system.doctor', 'system.fsck']);
/** Typed into a shell by their nature. */
const commandLine = 'command';

type Path = readonly string[];

const takesNothing = (name: CallName<AtheneContract>): boolean => contract.members[name].input.safeParse({}).success;

/** Where the texts of an input are. */
function textsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}

function withText(value: unknown, [key, ...rest]: Path, text: string): unknown {
  if (key === undefined) return text;
  const entries = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === key ? withText(inner, rest, text) : inner]));
}

/** What a handler may not say: it threw, or answered what the contract does not know. */
const crashes = new Set(['internal', 'invalid-result', 'disconnected', 'deadline', 'incompatible']);

const names = Object.entries(contract.members)
  .filter(([, member]) => member.kind === 'call')
  .map(([name]) => name as CallName<AtheneContract>);

describe.runIf(process.platform === 'linux')('a hostile string does no harm in', () => {
  it.each(names)(
    '%s',
    async (name) => {
      const example = examples[name] ?? (takesNothing(name) ? () => ({}) : undefined);
      if (example === undefined) throw new Error(`Add an example for ${name} to \`examples\` of this file.`);
      const member = contract.members[name];
      for (const path of textsIn(example())) {
        const all = path.at(-1) === commandLine ? world.commandLines : world.strings;
        const accepted = all.filter((text) => member.input.safeParse(withText(example(), path, text)).success);
        const refused = all.filter((text) => !accepted.includes(text));
        for (const text of [...some(refused, 8), ...some(accepted, slow.has(name) ? 2 : 8)]) {
          const answer = await client.call(name, withText(example(), path, text) as never);
          tried += 1;
          const code = answer.ok ? 'ok' : answer.problem.code;
          expect(crashes.has(code) ? [code, answer] : [], `${name} ${path.join('.')} ${JSON.stringify(text)}`).toEqual(
            [],
          );
        }
      }
      expect(world.violations()).toEqual([]);
    },
    patience,
  );
});
