// One meta orchestrator over three projects, an orchestrator in two of them, and ten workers; with what they asked each other.
import { priorityOf, type EventKind, type EventSource, type EventView } from '#shared/domain/event.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { asked, permission, session } from './samples.ts';

const meta = 'release-2';
const keep = crypto.randomUUID();
const lead = (project: string): string => `${project}-orchestrator`;

const coordinator = (id: string, name: string, minutes: number, more: Partial<SessionView>): SessionView =>
  session(id, name, minutes, {
    ...{ permissions: 'permissionless', prompt: null, issue: null, branch: null, unread: false },
    because: 'It watches over its workers.',
    ...more,
  });
const orchestrator = (project: string, minutes: number): SessionView =>
  coordinator(lead(project), `${project} orchestrator`, minutes, {
    ...{ kind: 'orchestrator', leads: [project], spawnedBy: meta, depth: 1, branch: `orchestrator/${lead(project)}` },
  });
const worker = (id: string, name: string, minutes: number, more: Partial<SessionView> = {}): SessionView =>
  session(id, name, minutes, { spawnedBy: lead(id.split('-')[0] ?? ''), depth: 2, ...more });
const own = { owner: { kind: 'meta', name: meta }, spawnedBy: meta, depth: 1 } as const;

export const ledSessions = (): readonly SessionView[] => [
  coordinator(meta, 'release 2.0', 180, {
    ...{
      kind: 'meta-orchestrator',
      project: '_meta',
      leads: ['api', 'web', 'infra'],
      worktree: '/home/you/.athene/meta',
    },
  }),
  orchestrator('api', 1),
  orchestrator('web', 3),
  worker('api-11', 'rate-limit', 12, {
    ...{ state: 'asks-permission', question: permission('npm run migrate -- --force', { unusual: ['deletes'] }) },
  }),
  worker('api-12', 'auth-refactor', 4, {
    state: 'asks-you',
    question: asked('Keep tokens issued before the rotation valid?', ['Yes, for 24 hours', 'No, revoke now'], {
      id: keep,
    }),
  }),
  worker('api-13', 'cache-warm', 1),
  worker('api-14', 'schema-v3', 20, {
    state: 'merged',
    pullRequest: { number: 418, url: 'https://github.com/you/api/pull/418', state: 'merged' },
  }),
  worker('web-25', 'checkout-flow', 1, {
    state: 'asks-permission',
    question: permission('pnpm add @stripe/stripe-js'),
  }),
  worker('web-22', 'nav-a11y', 26, { state: 'ci-failing', because: '2 of 9 checks failed, tried twice' }),
  worker('web-23', 'ui-kit', 3, { state: 'ci-running' }),
  worker('web-24', 'icons', 2, { state: 'idle' }),
  worker('infra-31', 'import-job', 18, { ...own, state: 'stuck', because: 'No output for 18 minutes.' }),
  worker('infra-32', 'tf-upgrade', 6, own),
  session('web-26', 'by hand', 9, { owner: { kind: 'meta', name: 'another' }, spawnedBy: 'another' }),
];

/** The same coordinators over two hundred workers. */
export const fleetSessions = (): readonly SessionView[] => [
  ...ledSessions().filter(({ kind }) => kind !== 'worker'),
  orchestrator('infra', 2),
  ...Array.from({ length: 200 }, (_, index) =>
    worker(`${['api', 'web', 'infra'][index % 3] ?? 'api'}-${100 + index}`, `part ${index + 1}`, index, {
      state: fleetStates[index % fleetStates.length] ?? 'working',
    }),
  ),
];
const fleetStates = ['working', 'working', 'ci-running', 'idle', 'asks-you', 'merged', 'ci-failing'] as const;

const minute = 60_000;
type Sample = readonly [ago: number, session: string, kind: EventKind, source: EventSource, text: string, data: object];

/** Newest first. */
const samples: readonly Sample[] = [
  [4, 'api-12', 'question.asked', 'hook', 'It asks: Keep tokens issued before the rotation valid?', { question: keep }],
  [9, lead('api'), 'coordinator.spawn_refused', 'athene', 'api-orchestrator has 10 live workers, and may have 10.', {}],
  [
    14,
    'web-22',
    'question.answered',
    'agent',
    'web-orchestrator answered',
    answer('q-retry', lead('web'), 'read the trace first'),
  ],
  [
    15,
    'web-22',
    'question.asked',
    'hook',
    'It asks: Retry a third time after the same two failures?',
    { question: 'q-retry' },
  ],
  [21, lead('web'), 'message.confirmed', 'athene', 'It arrived.', { message: 'm-1' }],
  [
    21,
    lead('web'),
    'message.sent',
    'agent',
    'Message of release-2: web is the slow lane, look at nav-a11y',
    { message: 'm-1', from: meta },
  ],
  [
    44,
    'api-11',
    'question.answered',
    'agent',
    'api-orchestrator answered',
    answer('q-count', lead('api'), 'per key, as in the goal'),
  ],
  [47, 'api-11', 'question.asked', 'hook', 'It asks: Count per key or per account?', { question: 'q-count' }],
  [58, 'infra-31', 'session.restored', 'agent', 'release-2 started it again.', { by: meta }],
  [130, lead('api'), 'question.answered', 'person', 'Answered: Yes', answer('q-raise', 'person', 'Yes')],
  [
    131,
    lead('api'),
    'question.asked',
    'hook',
    'It asks: Raise the limit from 3 to 5 parallel sessions?',
    { question: 'q-raise' },
  ],
];

function answer(question: string, by: string, what: string): object {
  return { question, how: { kind: 'answered', by, what, confirmed: true } };
}

export const ledEvents = (): EventView[] =>
  samples.map(([ago, of, kind, source, text, data], index) => ({
    ...{ id: samples.length - index, at: Date.now() - ago * minute, session: of, project: of.split('-')[0] ?? null },
    ...{ source, kind, text, priority: priorityOf(kind), data: { ...data } },
  }));
