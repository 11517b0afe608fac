// The rules as a table: who may do what, with which session or project, by kind of caller.
import { describe, expect, it } from 'vitest';
import type { Caller, SessionCaller } from '#shared/domain/caller.ts';
import { ledBy } from '#shared/domain/caller.ts';
import type { SessionKind } from '#shared/domain/lifecycle.ts';
import type { Owner } from '#shared/domain/owner.ts';
import { refusalOf, ruleFor, type PlainRule, type Rule, type Subject, type Target } from '#shared/domain/rights.ts';
import { contract } from './contract.ts';
import { rules, type Action } from './rules.ts';

const ofProject: Owner = { kind: 'project' };
const ofMeta = (name: string): Owner => ({ kind: 'meta', name });

const session = (id: string, role: SessionKind, project: string, owner: Owner = ofProject) => ({
  ...({ kind: 'session', id, role, project, owner } as const),
});
const sessions = [
  session('api-1', 'worker', 'api'),
  session('api-2', 'worker', 'api'),
  session('api-3', 'worker', 'api', ofMeta('chief')),
  session('api-4', 'worker', 'api', ofMeta('other')),
  session('api-orchestrator', 'orchestrator', 'api'),
  session('web-1', 'worker', 'web'),
  session('web-orchestrator', 'orchestrator', 'web'),
  session('chief', 'meta-orchestrator', '_meta'),
  session('other', 'meta-orchestrator', '_meta'),
];
type Known = (typeof sessions)[number];

const callerFor = ({ id, role, project, owner }: Known): SessionCaller => ({
  ...{ kind: 'session', session: id, role, project, owner },
  leads: ledBy({ kind: role, project, leads: id === 'chief' ? ['api'] : null }),
});
const caller = (id: string): SessionCaller => callerFor(known(id));
function known(id: string): Known {
  const found = sessions.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id} here`);
  return found;
}

const subjectOf = (target: Target): Subject =>
  target.kind === 'session'
    ? (sessions.find(({ id }) => id === target.id) ?? { kind: 'unknown-session', id: target.id })
    : target;

/** Inputs of every kind: what a call does not read of it is ignored. */
const looking = { dryRun: true, repair: false };
const doing = { dryRun: false, repair: true, request: 'r' };
const destroying = { ...doing, discardLarge: true };
const asks = (who: Caller, action: Action, input: object) =>
  refusalOf(rules[action] as Rule<object>, { caller: who, input, subjectOf });
const may = (who: Caller, action: Action, input: object): boolean => asks(who, action, input) === null;

const actions = Object.keys(rules) as Action[];
const ruleOf = (action: Action, input: object): PlainRule<object> => ruleFor(rules[action] as Rule<object>, input);
const actionsOf = (who: PlainRule<object>['who'], input: object): readonly Action[] =>
  actions.filter((action) => ruleOf(action, input).who === who);
const onSessions = actionsOf('roles', doing).filter((action) => {
  const rule = ruleOf(action, doing);
  return rule.who === 'roles' && rule.about({ id: 'x', project: 'p', session: 'x' }).kind === 'session';
});

/** The sessions with which somebody may do it, one after the other. */
const withWhom = (who: string, action: Action, more: object = {}): readonly string[] =>
  sessions.filter(({ id }) => may(caller(who), action, { ...doing, ...more, id, session: id })).map(({ id }) => id);

describe('a person', () => {
  it.each(['window', 'command'] as const)('may do everything, by %s', (kind) => {
    const inputs = [looking, doing, { ...doing, id: 'nobody-9', project: 'none' }];
    const refused = actions.filter((action) => inputs.some((input) => !may({ kind }, action, input)));
    expect(refused).toEqual([]);
  });
});

describe('every call of the contract', () => {
  it('has a rule', () => {
    const calls = Object.entries(contract.members).filter(([, { kind }]) => kind === 'call');
    expect(calls.map(([name]) => name).filter((name) => !Object.hasOwn(rules, name))).toEqual([]);
  });
});

describe('whoever proves nothing', () => {
  it.each(['token-missing', 'token-wrong', 'session-ended', 'cannot-tell'] as const)('only looks: %s', (why) => {
    const who: Caller = { kind: 'unproven', session: 'api-1', why };
    const changing = actions.filter((action) => may(who, action, { ...doing, id: 'api-1', project: 'api' }));
    expect(changing).toEqual(actionsOf('everybody', doing));
    expect(actionsOf('everybody', looking).filter((action) => !may(who, action, looking))).toEqual([]);
  });
});

describe('an agent', () => {
  const agents = ['api-1', 'api-3', 'api-orchestrator', 'chief'];

  it.each(agents)('%s does nothing that needs a person', (who) => {
    const persons = actionsOf('person', destroying);
    expect(persons).toContain('session.remove');
    expect(persons.filter((action) => may(caller(who), action, { ...destroying, id: who, project: 'api' }))).toEqual(
      [],
    );
  });

  it.each(agents)('%s does nothing with a session that is not known', (who) => {
    expect(onSessions.filter((action) => may(caller(who), action, { ...doing, id: 'api-99' }))).toEqual([]);
  });

  it.each(agents)('%s looks at everything', (who) => {
    expect(actionsOf('everybody', looking).filter((action) => !may(caller(who), action, looking))).toEqual([]);
  });
});

describe('a worker', () => {
  it('acts on itself and sends to its leader, and that is all', () => {
    const others = onSessions.flatMap((action) =>
      withWhom('api-1', action).filter((id) => id !== 'api-1' && id !== 'api-orchestrator'),
    );
    expect(others).toEqual([]);
    expect(withWhom('api-1', 'session.send')).toEqual(['api-orchestrator']);
    expect(withWhom('api-3', 'session.send')).toEqual(['chief']);
    expect(withWhom('api-1', 'session.rename')).toEqual(['api-1']);
  });

  it('answers nothing that its leader is asked, and types into no terminal by hand', () => {
    const sending = ['session.send', 'message.sendAgain'] as const;
    expect(sending.map((action) => withWhom('api-1', action))).toEqual([['api-orchestrator'], ['api-orchestrator']]);
    expect(withWhom('api-1', 'session.send', { anyway: true })).toEqual([]);
    expect([withWhom('api-1', 'message.sendAnyway'), withWhom('api-1', 'session.attach')]).toEqual([[], []]);
    expect(withWhom('api-orchestrator', 'message.sendAnyway')).toEqual(['api-1', 'api-2']);
    expect(withWhom('api-orchestrator', 'session.send', { anyway: true })).toEqual(['api-1', 'api-2']);
  });

  it.each(['session.kill', 'session.restore', 'session.remove'] as const)('has no %s, not even of itself', (action) => {
    expect(withWhom('api-1', action)).toEqual([]);
  });

  it('spawns nowhere', () => {
    expect(['api', 'web'].filter((project) => may(caller('api-1'), 'session.spawn', { project }))).toEqual([]);
  });
});

const managing = ['session.kill', 'session.restore', 'session.remove', 'session.send', 'session.attach'] as const;

describe('an orchestrator', () => {
  it.each(managing)('has %s for the workers that its project owns, and for no coordinator', (action) => {
    expect(withWhom('api-orchestrator', action)).toEqual(['api-1', 'api-2']);
  });

  it('spawns in its own project', () => {
    const projects = ['api', 'web', '_meta'];
    expect(projects.filter((project) => may(caller('api-orchestrator'), 'session.spawn', { project }))).toEqual([
      'api',
    ]);
  });
});

describe('a place where a person works', () => {
  const places = [
    { kind: 'in-place', alongside: false },
    { kind: 'adopted', path: '/theirs' },
    { kind: 'worktree' },
    { kind: 'clone' },
  ] as const;

  it('is given to no agent, not even by its orchestrator', () => {
    const given = places.filter((workspace) =>
      may(caller('api-orchestrator'), 'session.spawn', { project: 'api', workspace }),
    );
    expect(given.map(({ kind }) => kind)).toEqual(['worktree', 'clone']);
  });
});

describe('a meta-orchestrator', () => {
  it.each(managing)('has %s for the workers that bear its name', (action) => {
    expect(withWhom('chief', action)).toEqual(['api-3']);
  });

  it('spawns in its scope, which is empty until somebody gives it one', () => {
    const projects = ['api', 'web', '_meta'];
    const where = (who: string) => projects.filter((project) => may(caller(who), 'session.spawn', { project }));
    expect([where('chief'), where('other')]).toEqual([['api'], []]);
  });
});

describe('a refusal', () => {
  it('says who may not do what, and what to do', () => {
    expect(asks(caller('api-1'), 'session.kill', { id: 'api-2' })).toEqual({
      code: 'not-allowed',
      what: 'The agent of api-1 (worker) may not stop api-2.',
      kept: 'Nothing was changed.',
      todo: 'Ask the person, or whoever leads this session.',
    });
    expect(asks(caller('chief'), 'session.cleanup', doing)?.todo).toBe(
      'This needs a person, or a policy that allows it, and there is none: ask the person.',
    );
    expect(asks(caller('api-orchestrator'), 'session.kill', { id: 'web-1' })?.todo).toBe(
      'Open to it: its workers. Ask the person, or whoever leads this session.',
    );
  });
});

it('stands in docs/rights.md as it is here', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/rights.md');
});

const roleNames: readonly SessionKind[] = ['worker', 'orchestrator', 'meta-orchestrator'];

function page(): string {
  const rows = actions.flatMap((action) => {
    const rule = rules[action] as Rule<object>;
    if (rule.who !== 'cases') return [row(action, '', rule)];
    return [row(action, `, ${rule.called}`, rule.inThatCase), row(action, '', rule.otherwise)];
  });
  return [
    '# Rights',
    '',
    'Made from `src-shared/contract/rules.ts` by its test (`vitest run src-shared/contract/rules.test.ts -u`). A person may do everything, by window and',
    'by command. The others are agents of sessions, known by their token; without a valid one an agent may only look. What this protects',
    'from, and what it does not, is in [security.md](security.md).',
    '',
    '| Call | worker | orchestrator | meta-orchestrator | no valid token |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '"its workers": of an orchestrator those of its project that no meta-orchestrator owns; of a meta-orchestrator those that it has spawned. "its leader": of a worker the',
    'orchestrator of its project, or the meta-orchestrator that owns it. "its projects": an orchestrator\'s own; a meta-orchestrator\'s scope, as it was',
    'when it was started. Who owns a session is stamped from whoever spawned it, never from what that says of itself. Feeds and terminal lanes are for windows.',
    '',
  ].join('\n');
}

function row(action: Action, when: string, rule: PlainRule<object>): string {
  const cells =
    rule.who === 'roles'
      ? [...roleNames.map((role) => rule.may[role].join(', ') || 'no'), 'no']
      : rule.who === 'everybody'
        ? ['yes', 'yes', 'yes', 'yes']
        : [...roleNames.map(() => (rule.destructive === true ? 'a person, or a policy' : 'a person')), 'no'];
  return `| \`${action}\`${when} | ${cells.join(' | ')} |`;
}
