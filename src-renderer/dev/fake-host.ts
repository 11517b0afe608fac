// A host made of values: answers every member of the contract from memory.
import type { ReactionView, SessionReactions } from '#shared/domain/reaction-view.ts';
import type { TraceLine } from '#shared/domain/trace.ts';
import type { AtheneContract } from '#shared/contract/contract.ts';
import type { AgentView } from '#shared/domain/agent.ts';
import type { NoticeView } from '#shared/domain/notice-view.ts';
import type { NotifierSettings } from '#shared/domain/notifier.ts';
import { untouchedProject, type ProjectView } from '#shared/domain/project.ts';
import type { RemovalPreview } from '#shared/domain/removal.ts';
import { displayName, type SessionView } from '#shared/domain/session.ts';
import { defaultSettings, type Settings, type SettingsChange } from '#shared/domain/settings.ts';
import { noWork } from '#shared/domain/set-up.ts';
import { spawnStepNames, type SpawnInput, type SpawnView } from '#shared/domain/spawn.ts';
import type { SystemView } from '#shared/domain/system.ts';
import type { SessionUsage } from '#shared/domain/usage.ts';
import { fail, ok } from '#shared/lib/result.ts';
import type { Handlers } from '#shared/rpc/handlers.ts';
import { collection } from './collection.ts';
import { fakeConversations } from './fake-conversations.ts';
import { fakeCoordinators } from './fake-coordinators.ts';
import { fakeIssues } from './fake-issues.ts';
import { fakePullRequests } from './fake-pull-requests.ts';
import { fakeTerminal } from './fake-terminal.ts';
import { fleetSessions, ledEvents, ledSessions } from './sample-led.ts';
import { sampleEvents } from './sample-events.ts';
import {
  busySessions,
  manySessions,
  sampleProjects,
  sampleRecovery,
  sampleUsage,
  waitingSessions,
  workingSessions,
} from './samples.ts';
import { sampleNotices, sampleNotifiers } from './sample-notices.ts';
import { sampleMessage, sampleReactions, sampleRules } from './sample-reactions.ts';

const noPlugins = { code: 'plugin-refused', what: 'Not here.', kept: 'Nothing was changed.', todo: '' } as const;

const agents: AgentView[] = [
  {
    id: 'claude-code',
    name: 'Claude Code',
    takesCommand: false,
    takesPrompt: true,
    ...{ definedIn: null, icon: { letters: 'CC', colour: 'amber' as const }, iconProblem: null },
    presence: { kind: 'found', path: '~/.local/bin/claude', version: '2.1.4' },
  },
  {
    id: 'codex',
    name: 'Codex',
    takesCommand: false,
    takesPrompt: true,
    ...{ definedIn: null, icon: { letters: 'CX', colour: 'blue' as const }, iconProblem: null },
    presence: { kind: 'missing', install: 'npm install -g @openai/codex' },
  },
  {
    id: 'demo',
    name: 'Demo',
    takesCommand: false,
    takesPrompt: true,
    ...{ definedIn: null, icon: { name: 'flask' as const }, iconProblem: null },
    presence: { kind: 'found', path: null, version: null },
  },
  {
    id: 'shell',
    name: 'Shell',
    takesCommand: false,
    takesPrompt: false,
    ...{ definedIn: null, icon: { name: 'terminal' as const }, iconProblem: null },
    presence: { kind: 'found', path: '/bin/bash', version: '5.2.37' },
  },
  {
    id: 'custom',
    name: 'Custom command',
    takesCommand: true,
    takesPrompt: true,
    ...{ definedIn: null, icon: { name: 'code' as const }, iconProblem: null },
    presence: { kind: 'found', path: null, version: null },
  },
  {
    id: 'fixer',
    name: 'Fixer',
    takesCommand: false,
    takesPrompt: true,
    ...{ definedIn: '~/.athene/config.yaml, line 12', iconProblem: null },
    icon: {
      image: `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#289668"/><script>alert(1)</script></svg>')}`,
    },
    presence: { kind: 'found', path: '~/bin/fixer', version: '0.3' },
  },
  {
    id: 'mender',
    name: 'Mender of things',
    takesCommand: false,
    takesPrompt: true,
    ...{ definedIn: '~/.athene/config.yaml, line 20', icon: null, iconProblem: '~/mender.svg: is not there' },
    presence: { kind: 'missing', install: 'npm install -g mender' },
  },
];

const system: SystemView = {
  version: '0.1.0',
  home: '/home/you/.athene',
  platform: 'linux',
  pid: 4242,
  startedAt: Date.now() - 3_600_000,
  terminals: { state: 'connected', why: null },
  troubles: [],
  recovery: null,
};

const sampleSets: Readonly<Record<string, () => readonly SessionView[]>> = {
  busy: busySessions,
  fleet: fleetSessions,
  led: ledSessions,
  many: manySessions,
  waiting: waitingSessions,
  working: workingSessions,
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function fakeHost({
  sessions: kind,
  recovered = null,
  lease,
  settings: changed = {},
}: {
  readonly sessions: string;
  readonly recovered?: string | null;
  readonly lease: boolean;
  readonly settings?: SettingsChange;
}) {
  const projects = collection<ProjectView>(({ id }) => id, kind === 'empty' ? [] : sampleProjects);
  const sessions = collection<SessionView>(({ id }) => id, sampleSets[kind]?.() ?? []);
  const spawns = collection<SpawnView>(({ request }) => request, []);
  const systems = collection<SystemView>(
    () => 'system',
    [{ ...system, recovery: recovered === null ? null : sampleRecovery(recovered) }],
  );
  const usages = collection<SessionUsage>(({ session }) => session, sessions.items().flatMap(sampleUsage));
  const notices = collection<NoticeView>(({ id }) => id, kind === 'busy' ? sampleNotices() : []);
  const reactions = collection<SessionReactions>(({ session }) => session, sampleReactions(sessions.items()));
  const cleared = new Map<string, NoticeView>();
  let routes: NotifierSettings = sampleNotifiers;
  const notifiers = collection<NotifierSettings>(() => 'notifiers', [routes]);
  const pulls = fakePullRequests(sessions, kind === 'busy');
  const conversations = fakeConversations();
  const cancelled = new Set<string>();
  let present: Settings = { ...defaultSettings, ...changed };
  const settings = collection<Settings>(() => 'settings', [present]);
  let draft: string | null = null;
  let number = 90;

  const changeReaction = (id: string, key: string, change: Partial<ReactionView>) => {
    const of = reactions.get(id);
    if (of !== undefined)
      reactions.put({ ...of, reactions: of.reactions.map((one) => (one.key === key ? { ...one, ...change } : one)) });
    return ok(null);
  };
  const handlers: Handlers<AtheneContract, null> = {
    calls: {
      'project.add': async ({ path, trustWorktrees }) => {
        if (!path.startsWith('/') || path.includes('nope'))
          return fail({
            code: 'not-a-repository',
            what: `${path} is not a git repository.`,
            kept: 'Nothing was changed.',
            todo: 'Give the folder that holds the .git directory, or run git init there first.',
            details: `$ git -C ${path} rev-parse --show-toplevel\nfatal: not a git repository (or any of the parent directories): .git`,
          });
        const name = path.split('/').at(-1) ?? 'project';
        const project: ProjectView = {
          id: name,
          name,
          path,
          prefix: name,
          defaultBranch: 'main',
          work: noWork,
          state: 'ready',
          problem: null,
          ...untouchedProject,
          trustWorktrees,
        };
        projects.put(project);
        return ok(project);
      },
      'project.addSandbox': async () => {
        await wait(600);
        const project: ProjectView = {
          id: 'sandbox',
          name: 'sandbox',
          path: '/home/you/.athene/sandbox',
          prefix: 'sandbox',
          defaultBranch: 'main',
          work: noWork,
          state: 'ready',
          problem: null,
          ...untouchedProject,
        };
        projects.put(project);
        return ok(project);
      },
      'project.trust': async ({ id, trust }) => {
        const known = projects.get(id);
        if (known === undefined) return fail({ code: 'project-unknown', what: `There is no project ${id}.` });
        const project = { ...known, trustWorktrees: trust };
        projects.put(project);
        return ok(project);
      },
      'hooks.status': async () => fail({ code: 'configuration-broken', what: 'Not made up.' }),
      'hooks.install': async () => fail({ code: 'configuration-broken', what: 'Not made up.' }),
      'hooks.remove': async () => fail({ code: 'configuration-broken', what: 'Not made up.' }),
      'project.remove': async ({ id }) => {
        projects.drop(id);
        return ok(null);
      },
      'project.configure': async ({ id, work }) => {
        const project = projects.get(id);
        if (project === undefined) return fail({ code: 'project-unknown', what: `There is no project ${id}.` });
        projects.put({ ...project, work });
        return ok({ ...project, work });
      },
      'project.limit': async ({ id, maximalAgents }) => {
        const project = projects.get(id);
        if (project === undefined) return fail({ code: 'project-unknown', what: `There is no project ${id}.` });
        projects.put({ ...project, maximalAgents });
        return ok({ ...project, maximalAgents });
      },
      'project.saveReplies': async ({ id, replies }) => {
        const project = projects.get(id);
        if (project === undefined) return fail({ code: 'project-unknown', what: `There is no project ${id}.` });
        projects.put({ ...project, replies });
        return ok({ ...project, replies });
      },
      'config.explain': async () => ok({ file: '/home/you/.athene/config.yaml', values: [], troubles: [] }),
      'config.read': async () => ok({ value: null, line: null }),
      'config.set': async () => ok(null),
      'project.acceptFile': async ({ id, hash }) => {
        const project = projects.get(id);
        if (project === undefined) return fail({ code: 'project-unknown', what: `There is no project ${id}.` });
        const file = project.file === null ? null : { ...project.file, accepted: hash !== null };
        projects.put({ ...project, file });
        return ok({ ...project, file });
      },
      'agent.list': async () => ok(agents),
      'session.spawn': (input) => spawn(input),
      'session.enqueue': async () => ok({ place: null }),
      'session.cancelSpawn': async ({ request }) => {
        cancelled.add(request);
        return ok(null);
      },
      'session.dismissSpawn': async ({ request }) => {
        spawns.drop(request);
        return ok(null);
      },
      'session.kill': async ({ id }) => {
        const session = sessions.get(id);
        if (session === undefined) return fail({ code: 'session-unknown', what: `There is no session ${id}.` });
        await wait(300);
        const at = Date.now();
        sessions.put({
          ...session,
          state: 'stopped',
          status: 'killed',
          because: 'You stopped it.',
          since: at,
          exit: { code: null, signal: 15, at },
        });
        return ok({ alreadyEnded: false, survivors: [] });
      },
      'session.claimPullRequest': async ({ id }) =>
        fail({ code: 'session-unknown', what: `There is no session ${id}.` }),
      ...fakeCoordinators({
        sessions,
        settings: () => present,
        agree() {
          present = { ...present, permissionlessCoordinators: true };
          settings.put(present);
        },
      }),
      'session.deleteConversation': async () => ok({ conversation: null }),
      'session.remap': async ({ id }) => fail({ code: 'session-unknown', what: `There is no session ${id}.` }),
      'session.explain': async ({ id }) => ok([...explanation(id)]),
      'session.report': async () => ok({ before: 'working', after: 'working' }),
      'session.pin': async ({ id, on }) => note(id, { pinned: on }),
      'session.archive': async ({ id, on }) => note(id, { archived: on }),
      'session.snooze': async ({ id, until }) =>
        note(id, { snooze: until === null ? null : { until, at: Date.now() } }),
      'session.read': async ({ id, on }) => note(id, { unread: !on }),
      'session.answer': async ({ id, question }) => {
        const session = sessions.get(id);
        if (session === undefined) return fail({ code: 'session-unknown', what: `There is no session ${id}.` });
        await wait(400);
        if (session.question?.id !== question || session.name === 'checkout-flow')
          return fail({
            code: 'question-outdated',
            what: `${id} does not ask this any more. It asks nothing now.`,
          });
        sessions.put({
          ...{ ...session, state: 'working', status: 'working', question: null, since: Date.now() },
          because: 'It was answered.',
        });
        return ok({ outcome: session.name === 'token-store' ? 'not-confirmed' : 'confirmed', why: null, sent: '1' });
      },
      'session.rename': async () => ok(null),
      'session.mute': async ({ id, mute }) => note(id, { muted: mute }),
      'notice.read': async ({ ids, on }) => {
        for (const id of ids) {
          const notice = notices.get(id);
          if (notice !== undefined) notices.put({ ...notice, read: on });
        }
        return ok(null);
      },
      'notice.clear': async ({ ids, on }) => {
        for (const id of ids) {
          const notice = on ? notices.get(id) : cleared.get(id);
          if (notice === undefined) continue;
          if (on) notices.drop(id);
          else notices.put(notice);
          cleared.set(id, notice);
        }
        return ok(null);
      },
      'reaction.list': async ({ project }) => ok({ rules: sampleRules(project), sessions: [...reactions.items()] }),
      'reaction.check': async () => ok({ told: [], left: [] }),
      'reaction.preview': async ({ id, key }) => {
        const reaction = reactions.get(id)?.reactions.find((one) => one.key === key);
        return reaction === undefined
          ? fail({ code: 'reaction-refused', what: 'Nothing triggers it now.' })
          : ok({ reaction, text: sampleMessage });
      },
      'reaction.run': async ({ id, key }) =>
        changeReaction(id, key, { plan: { kind: 'rests', why: 'Its agent was told.' } }),
      'reaction.dismiss': async ({ id, key, on }) =>
        changeReaction(id, key, {
          dismissed: on,
          plan: on ? { kind: 'rests', why: 'You dismissed it.' } : { kind: 'due', at: Date.now() + 18_000 },
        }),
      'notifier.list': async () => ok(routes),
      'notifier.test': async ({ name }) => {
        await wait(600);
        if (name !== 'old-hook') return ok({ told: name !== 'desktop' });
        return fail({
          code: 'notifier-failed',
          what: 'hooks.example.org answered 404: no such channel',
          kept: 'It was tried once; notices that wait for it are not touched.',
          todo: 'Look at its entry below "notifiers" in config.yaml, then try again: athene notify test old-hook',
        });
      },
      'notifier.route': async ({ priority, notifiers: names }) => {
        routes = { ...routes, routing: { ...routes.routing, [priority]: names } };
        notifiers.put(routes);
        return ok(null);
      },
      'session.run': async ({ id }) => openFake(id, 'run'),
      'session.openShell': async ({ id }) => openFake(id, 'shell'),
      'session.stopRun': async ({ id }) => endFake(id, null),
      'session.closeTerminal': async ({ id, terminal }) => endFake(id, terminal),
      'system.fsck': async () => ok({ findings: [] }),
      'system.recover': async ({ dryRun }) => ok({ at: Date.now(), dryRun, held: false, items: [], survivors: [] }),
      'session.cleanup': async () => ok({ killed: [], skipped: [], errors: [], rescued: [] }),
      'event.list': async ({ session, sources, after }) => {
        const some = kind === 'led' && session === null ? ledEvents() : [];
        const events = after !== null ? [] : session === 'api-12' ? sampleEvents(session) : some;
        const told = events.filter(({ source }) => sources.length === 0 || sources.includes(source));
        return ok({ events: told, next: null, last: events[0]?.id ?? 0 });
      },
      'rescue.list': async () => ok([]),
      'rescue.show': async ({ ref }) => fail({ code: 'rescue-unknown', what: `There is no snapshot ${ref}.` }),
      'rescue.restore': async ({ ref }) => fail({ code: 'rescue-unknown', what: `There is no snapshot ${ref}.` }),
      'rescue.prune': async () => ok({ pruned: [], kept: 0 }),
      'session.restore': async ({ id }) => {
        const session = sessions.get(id);
        if (session === undefined) return fail({ code: 'session-unknown', what: `There is no session ${id}.` });
        await wait(300);
        sessions.put({
          ...session,
          state: 'working',
          status: 'working',
          because: 'It was restored.',
          since: Date.now(),
          exit: null,
        });
        return ok({ session: id, resumed: true, workspaceMade: false });
      },
      'session.removalPreview': async () => ok(removalPreview),
      'session.remove': async ({ id }) => {
        const session = sessions.get(id);
        if (session === undefined) return fail({ code: 'session-unknown', what: `There is no session ${id}.` });
        sessions.drop(id);
        return ok({ rescueRef: `refs/athene/rescue/${id}/1`, branch: session.branch });
      },
      'session.send': async () => ok({ outcome: 'confirmed', why: null, restored: false }),
      'message.sendAgain': async () => ok({ outcome: 'confirmed', why: null, restored: false }),
      'message.sendAnyway': async () => ok(null),
      'message.discard': async () => ok(null),
      'session.conversation': async ({ id, beside }) => ok(conversations.page(sessions.get(id) ?? null, beside)),
      'session.question': async ({ id }) => ok(sessions.get(id)?.question ?? null),
      'session.get': async ({ id }) => {
        const session = sessions.get(id);
        return session === undefined
          ? fail({ code: 'session-unknown', what: `There is no session ${id}.` })
          : ok(session);
      },
      'session.freeze': async ({ id }) => {
        const noted = await note(id, { state: 'paused', since: Date.now() });
        return noted.ok ? ok({ already: false, processes: 4, resisting: [] }) : noted;
      },
      'session.thaw': async ({ id }) => {
        const noted = await note(id, { state: 'working', since: Date.now() });
        return noted.ok ? ok({ already: false, left: [] }) : noted;
      },
      'session.freezeAll': async () => noteAll(({ exit, damaged }) => exit === null && damaged === null, 'paused'),
      'session.thawAll': async () => noteAll(({ state }) => state === 'paused', 'working'),
      'session.resources': async ({ id }) =>
        ok({ usages: usages.items().filter(({ session }) => id === null || session === id), cannotTell: null }),
      'settings.get': async () => ok(present),
      'plugin.list': async () => ok([]),
      'plugin.add': async () => fail(noPlugins),
      'plugin.remove': async () => ok(null),
      'plugin.trust': async () => fail(noPlugins),
      'settings.set': async (change) => {
        present = { ...present, ...change };
        settings.put(present);
        return ok(present);
      },
      'draft.get': async () => ok({ text: draft }),
      'draft.set': async ({ text }) => {
        draft = text;
        return ok(null);
      },
      'system.info': async () => ok(system),
      'system.import': async () => ok({ projects: [], sessions: [], applied: false }),
      ...pulls.calls,
      ...fakeIssues,
      'system.doctor': async () =>
        ok([
          { name: 'git', state: 'fine', what: 'git version 2.51.0 at /usr/bin/git', todo: null },
          { name: 'home', state: 'fine', what: '/home/you/.athene is writable and on a local disk', todo: null },
          {
            name: 'login shell',
            state: 'warning',
            what: 'Reading its environment took 4.2 s',
            todo: 'Something in ~/.zshrc is slow; agents start that much later.',
          },
        ]),
    },
    feeds: {
      projects: projects.feed,
      sessions: sessions.feed,
      spawnProgress: spawns.feed,
      settings: settings.feed,
      system: systems.feed,
      usage: usages.feed,
      notices: notices.feed,
      notifiers: notifiers.feed,
      reactions: reactions.feed,
      pullRequests: pulls.feed,
      lastEvent({ session }, _after, sink) {
        sink.snapshot([{ session, last: sampleEvents(session).length }], 1);
        return () => undefined;
      },
    },
    bytes: {
      terminal: async ({ terminal, from }, lane) => {
        fakeTerminal(terminal, from, lane, lease);
        return ok(null);
      },
    },
  };
  async function noteAll(which: (session: SessionView) => boolean, state: SessionView['state']) {
    const those = sessions.items().filter(which);
    for (const session of those) sessions.put({ ...session, state, since: Date.now() });
    return ok({ sessions: those.map(({ id }) => id), failed: [] });
  }

  async function note(id: string, change: Partial<SessionView>) {
    const session = sessions.get(id);
    if (session === undefined) return fail({ code: 'session-unknown' as const, what: `There is no session ${id}.` });
    sessions.put({ ...session, ...change });
    return ok(null);
  }

  return { handlers, down: false, projects, sessions, spawns, systems };

  function openFake(id: string, kind: 'run' | 'shell') {
    const session = sessions.get(id);
    if (session === undefined) return fail({ code: 'session-unknown' as const, what: `There is no session ${id}.` });
    const kept = session.terminals.filter(({ name }) => name !== kind);
    const number = kept.filter(({ name }) => name.startsWith('shell')).length + 1;
    const name = kind === 'run' ? 'run' : `shell ${number}`;
    const terminal = { id: crypto.randomUUID(), role: 'shell' as const, name, state: 'alive' as const, exit: null };
    sessions.put({ ...session, terminals: [...kept, terminal] });
    return ok({ terminal: terminal.id, already: false });
  }

  /** @param terminal null: the run command, which stays to be read */
  function endFake(id: string, terminal: string | null) {
    const session = sessions.get(id);
    if (session === undefined) return fail({ code: 'terminal-unknown' as const, what: `There is no session ${id}.` });
    const exit = { code: 0, signal: null, at: Date.now() };
    const terminals = session.terminals
      .filter((each) => each.id !== terminal)
      .map((each) => (terminal === null && each.name === 'run' ? { ...each, state: 'exited' as const, exit } : each));
    sessions.put({ ...session, terminals });
    return ok({ survivors: [] });
  }

  async function spawn(input: SpawnInput) {
    if (present.spawnsPaused)
      return fail({
        code: 'spawns-paused' as const,
        what: 'New sessions are paused.',
        kept: 'Your prompt is kept.',
        todo: 'Resume new spawns, then start it.',
      });
    const name = input.name ?? displayName(input.prompt ?? input.issue, 'session');
    const view: SpawnView = {
      request: input.request,
      session: null,
      place: null,
      state: 'running',
      makes: 'worker',
      input,
      name,
      steps: spawnStepNames.map((step) => ({
        name: step,
        state: 'waiting',
        startedAt: null,
        endedAt: null,
        detail: null,
      })),
      problem: null,
      startedAt: Date.now(),
    };
    let steps = view.steps;
    const put = (more: Partial<SpawnView> = {}) => spawns.put({ ...view, steps, ...more });
    const mark = (index: number, change: Partial<SpawnView['steps'][number]>) => {
      steps = steps.map((step, at) => (at === index ? { ...step, ...change } : step));
    };
    const fails = name.includes('fail');
    for (const [index, step] of spawnStepNames.entries()) {
      mark(index, {
        state: 'running',
        startedAt: Date.now(),
        detail: step === 'open-workspace' ? 'Updating files: 61% (4102/6724)' : null,
      });
      put();
      await wait(step === 'open-workspace' ? 1500 : 250);
      if (cancelled.has(input.request)) {
        mark(index, { state: 'undone', endedAt: Date.now() });
        put({ state: 'cancelled' });
        return fail({ code: 'spawn-cancelled' as const, what: 'You cancelled it.' });
      }
      if (fails && step === 'open-workspace') {
        const problem = {
          code: 'branch-taken' as const,
          what: `Could not make the worktree: feat/rate-limit is checked out elsewhere.`,
          kept: 'Your prompt is saved. Nothing else was changed.',
          todo: 'Pick another branch, or remove the other worktree.',
          details:
            "$ git worktree add -b feat/rate-limit …\nfatal: 'feat/rate-limit' is already checked out at '/home/you/api'\nexit code 128",
        };
        mark(index, { state: 'failed', endedAt: Date.now() });
        mark(2, { state: 'undone' });
        put({ state: 'failed', problem });
        return fail(problem);
      }
      mark(index, { state: 'done', endedAt: Date.now() });
    }
    number += 1;
    const id = `${input.project}-${number}`;
    sessions.put(newSession(id, name, input));
    spawns.drop(input.request);
    return ok({ session: id });
  }
}

function newSession(id: string, name: string, input: SpawnInput): SessionView {
  const at = Date.now();
  return {
    id,
    project: input.project,
    kind: 'worker',
    owner: { kind: 'project' },
    spawnedBy: 'person',
    depth: 0,
    leads: null,
    spawningPaused: false,
    name,
    agent: input.agent,
    state: 'working',
    status: 'working',
    because: 'It was started and prints.',
    since: at,
    issue: input.issue,
    issueTitle: null,
    issueUrl: null,
    issueNote: null,
    pullRequest: null,
    branch: input.branch ?? `session/${id}`,
    worktree: `/home/you/.athene/worktrees/${input.project}/${id}`,
    workspace: 'worktree',
    sight: null,
    ports: { base: 21_000, count: 10 },
    setUp: null,
    terminals: [],
    terminal: crypto.randomUUID(),
    prompt: input.prompt,
    promptDelivery: input.prompt === null ? 'none' : 'handed-over',
    permissions: input.permissions,
    command: input.command,
    exit: null,
    lastOutputAt: at,
    createdAt: at,
    pinned: false,
    archived: false,
    snooze: null,
    unread: true,
    muted: null,
    messages: [],
    confidence: 'likely',
    question: null,
    probe: { answer: 'alive', why: null },
    inLine: null,
    told: null,
    damaged: null,
  };
}

const removalPreview: RemovalPreview = {
  refusal: null,
  putAside: {
    some: [
      { path: 'src/outline.ts', size: 4812 },
      { path: '.env', size: 96 },
    ],
    count: 2,
    bytes: 4908,
  },
  goes: { some: [{ path: 'node_modules/', size: null }], count: 1, bytes: 0 },
  large: { some: [], count: 0, bytes: 0 },
};

const explanation = (session: string): readonly TraceLine[] => {
  const at = Date.now() - 65_000;
  const fact = (ago: number, claim: Extract<TraceLine, { fact: unknown }>['fact']['claim']): TraceLine => ({
    fact: { source: 'hook', at: at - ago, by: 'claude-code', claim },
  });
  return [
    { trace: 1, session, agent: 'claude-code', startedAt: at - 600_000 },
    fact(300_000, { kind: 'started' }),
    fact(290_000, { kind: 'works', on: null }),
    fact(40_000, { kind: 'works', on: 'Bash: npm test' }),
    { at: Date.now(), decision: { rule: 'works' } },
  ];
};
