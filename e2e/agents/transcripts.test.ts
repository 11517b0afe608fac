// What real agents write down themselves, followed while they are at it: a turn, one that a person interrupts, one whose request is refused.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Fact } from '#shared/domain/fact.ts';
import { createConversations } from '#main/lifecycle/read-conversation.ts';
import { createTranscriptWatch } from '#main/lifecycle/transcript-watch.ts';
import { agentDefinitions } from '#main/plugins/agents/agent-catalogue.ts';
import { homePaths } from '#main/storage/paths.ts';
import { type AgentWorld, createAgentWorld, until } from './agent-world.ts';

let at: AgentWorld;

beforeEach(async () => {
  at = await createAgentWorld();
  await at.athene('project', 'trust', 'demo', 'on');
});
afterEach(() => at.close());

const escape = '\u001b';

/** All that its transcript has told so far, the source and what it works on left out. */
function follow(id: string): () => Promise<readonly string[]> {
  const watch = createTranscriptWatch({
    agents: { definition: (agent) => agentDefinitions.find((each) => each.id === agent) ?? null },
    paths: homePaths(at.world.env),
    login: async () => ({ env: { HOME: at.person } }),
    now: Date.now,
    log: () => {},
  });
  return async () => {
    await watch.look(at.record(id));
    return watch.facts(id).map(({ claim }: Fact) => (claim.kind === 'blocked' ? claim.why : claim.kind));
  };
}

/** What was said so far, without what it used; nothing of an agent whose lines don't tell. */
async function said(id: string): Promise<readonly string[]> {
  const conversations = createConversations({
    agents: { definition: (agent) => agentDefinitions.find((each) => each.id === agent) ?? null },
    paths: homePaths(at.world.env),
    login: async () => ({ env: { HOME: at.person } }),
    // Nobody but the person sent anything.
    store: { read: () => [] as never },
  });
  const page = await conversations.read(at.record(id), null);
  if (!page.ok) throw new Error(page.problem.what);
  const entries = page.value.kind === 'page' ? page.value.entries : [];
  return entries.flatMap(({ said: { kind, ...more } }) => ('text' in more ? [`${kind} ${more.text}`] : []));
}

const refused = /credit balance is too low/i;
const isLast = (claim: string) => (told: readonly string[]) => told.at(-1) === claim;

it.each([
  ['claude-code', []],
  ['codex', []],
  ['gemini', ['--model', 'gemini-2.5-flash']],
])('%s', async (agent, words) => {
  at.model.say({ kind: 'text', text: 'All said.' });
  const { id } = await at.spawn(agent, ...words, '--prompt', 'hello');
  await at.shows(id, /All said\./);
  // With the first of them it tells which conversation it has.
  await at.tells(id, 'SessionStart');
  const told = follow(id);
  // Gemini CLI does not write down that a turn ended.
  await until(told, agent === 'gemini' ? (all) => all.includes('works') : isLast('rests'), 'the first turn');

  const gate = Promise.withResolvers<null>();
  at.model.say({ kind: 'slow', text: 'First,', rest: ' then.', until: gate.promise });
  const asked = at.model.requests.length;
  await at.athene('send', id, 'Tell me slowly');
  await until(
    () => at.model.requests.length,
    (count) => count > asked,
    'the request',
  );
  await until(told, isLast('works'), 'the second turn');
  await at.type(id, escape);
  await until(told, isLast('rests'), 'its interruption');
  gate.resolve(null);

  // One that Claude Code does not try again in another way; an agent may ask for an aside in between.
  const refusal = { kind: 'error', status: 400, message: 'Your credit balance is too low' } as const;
  at.model.say(refusal, refusal, refusal);
  await at.athene('send', id, 'Once more');
  const all = await until(told, (seen) => refused.test(seen.at(-1) ?? ''), 'the refusal');
  expect(all.slice(0, 2)).toContain('works');
  const conversation = await said(id);
  expect(conversation.filter((line) => line.startsWith('told'))).toEqual(
    agent === 'gemini' ? [] : ['told hello', 'told Tell me slowly', 'told Once more'],
  );
  if (agent !== 'gemini') {
    expect(conversation).toEqual(expect.arrayContaining(['said All said.', 'note Interrupted']));
    expect(conversation.at(-1)).toMatch(refused);
  }
  await at.athene('session', 'kill', id);
});
