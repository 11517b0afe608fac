import type { AskedQuestion } from '#shared/domain/asked-question.ts';
import type { MessageView } from '#shared/domain/message.ts';
import { untouchedProject, type ProjectView } from '#shared/domain/project.ts';
import type { RecoveryNote } from '#shared/domain/recovery-report.ts';
import type { SessionView } from '#shared/domain/session.ts';
import type { SessionTerminal } from '#shared/domain/session-terminal.ts';
import { noWork } from '#shared/domain/set-up.ts';
import { screenStateSchema } from '#shared/domain/status.ts';
import type { SessionUsage } from '#shared/domain/usage.ts';

const project = (id: string, colour = 0): ProjectView => ({
  id,
  name: id,
  path: `/home/you/code/${id}`,
  prefix: id,
  defaultBranch: 'main',
  work: noWork,
  state: 'ready',
  problem: null,
  ...untouchedProject,
  colour,
});

export const sampleProjects: readonly ProjectView[] = [
  {
    ...project('api'),
    replies: ['Go on', 'Run the tests, then commit', 'Not now: finish what you have begun first'],
    work: {
      copy: ['.env', 'packages/*/.env'],
      link: ['node_modules'],
      setUp: ['npm ci', 'npm run db:create'],
      tearDown: ['npm run db:drop'],
      run: 'npm run dev -- --port $ATHENE_PORT_BASE',
    },
  },
  project('web', 1),
  project('infra', 2),
  { ...project('docs', 3), state: 'degraded', problem: 'Its folder /home/you/code/docs is not there any more.' },
];

const minute = 60_000;

export function session(id: string, name: string, minutes: number, more: Partial<SessionView> = {}): SessionView {
  const at = Date.now() - minutes * minute;
  const of = id.split('-')[0] ?? 'api';
  return {
    id,
    project: of,
    kind: 'worker',
    owner: { kind: 'project' },
    spawnedBy: 'person',
    depth: 0,
    leads: null,
    spawningPaused: false,
    name,
    agent: 'claude-code',
    state: 'working',
    status: 'working',
    because: 'Its process runs and printed 2 s ago.',
    since: at,
    issue: null,
    issueTitle: null,
    issueUrl: null,
    issueNote: null,
    pullRequest: null,
    branch: `session/${id}`,
    worktree: `/home/you/.athene/worktrees/${of}/${id}`,
    workspace: 'worktree',
    sight: null,
    ports: { base: 21_000, count: 10 },
    setUp: null,
    terminals: [],
    terminal: `00000000-0000-7000-8000-${id.replace(/\D/g, '').padStart(12, '0')}`,
    prompt:
      'Replace long-lived sessions with rotating refresh tokens and detect reuse. Keep the cookie format; no client release needed.',
    promptDelivery: 'handed-over',
    permissions: 'ask',
    command: null,
    exit: null,
    lastOutputAt: Date.now() - 2000,
    createdAt: at - minute,
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
    ...more,
  };
}

const waits = 'It waits until the question on the screen is answered: "Do you want to proceed?"';

const terminal = (name: string, code: number | null = null): SessionTerminal => ({
  ...{ id: crypto.randomUUID(), role: name === 'agent' ? 'agent' : 'shell', name },
  ...(code === null
    ? { state: 'alive', exit: null }
    : { state: 'exited', exit: { code, signal: null, at: Date.now() } }),
});

const message = (state: MessageView['state'], text: string, why: string | null): MessageView => ({
  ...{ id: crypto.randomUUID(), kind: 'message', state, text, why, at: Date.now() },
});

const choice = (
  number: number,
  label: string,
  meaning: AskedQuestion['choices'][number]['meaning'] = 'other',
): AskedQuestion['choices'][number] => ({ number, label, meaning, keys: `${number}\r` });

export const permission = (command: string, more: Partial<AskedQuestion> = {}): AskedQuestion => ({
  ...{ id: crypto.randomUUID(), source: 'hook', at: Date.now(), kind: 'permission' },
  ...{ text: 'Do you want to proceed?', tool: 'Bash', command, cwd: '~/.athene/worktrees/api/rate-limit' },
  unusual: [],
  choices: [
    choice(1, 'Allow once', 'allow-once'),
    choice(2, 'Allow for session', 'allow-session'),
    { ...choice(3, 'Deny', 'deny'), keys: '\u001b' },
  ],
  takesText: false,
  ...more,
});

export const asked = (text: string, labels: readonly string[], more: Partial<AskedQuestion> = {}): AskedQuestion => ({
  ...permission('', { kind: 'choice', text, tool: null, command: null, cwd: null, takesText: true }),
  choices: labels.map((label, index) => choice(index + 1, label)),
  ...more,
});

export const busySessions = (): readonly SessionView[] => [
  session('api-11', 'rate-limit', 12, {
    state: 'asks-permission',
    because: 'Its hook reported a permission request. Nothing has been printed since.',
    confidence: 'sure',
    question: permission('npm run migrate -- --force', { unusual: ['deletes', 'network'] }),
  }),
  session('api-12', 'auth-refactor', 4, {
    state: 'asks-you',
    issue: '421',
    issueTitle: 'Rotate refresh tokens and detect reuse',
    issueUrl: 'https://github.com/you/api/issues/421',
    pullRequest: { number: 88, url: 'https://github.com/you/api/pull/88', state: 'open' },
    because: 'Its question tool asked 4 minutes ago and nobody has answered.',
    branch: 'feat/421',
    terminals: [terminal('agent'), terminal('run', 143), terminal('shell 1')],
    question: asked(
      'Should refresh tokens issued before the rotation stay valid while clients move over? 212 are under a day old.',
      ['Yes, for 24 hours', 'No, revoke now', 'Only mobile clients'],
    ),
  }),
  session('web-25', 'checkout-flow', 1, {
    state: 'asks-permission',
    agent: 'codex',
    because: 'Its hook reported a permission request.',
    question: permission('pnpm add @stripe/stripe-js@4.8.0', {
      unusual: ['network'],
      cwd: '~/.athene/worktrees/web/checkout-flow',
    }),
  }),
  session('api-16', 'token-store', 0, {
    state: 'asks-you',
    agent: 'custom',
    because: 'A question stands on its screen.',
    confidence: 'guessed',
    question: asked('Overwrite config.json? [y/N]', ['Yes', 'No'], {
      ...{ source: 'screen', takesText: false },
      choices: [
        { number: 1, label: 'Yes', meaning: 'other', keys: 'y\r' },
        { number: 2, label: 'No', meaning: 'other', keys: '\r' },
      ],
    }),
  }),
  session('api-13', 'cache-warm', 1, {
    issue: '77',
    issueNote:
      'GitHub could not be reached. Check the connection, then try again. The agent knows no more of the issue than its name.',
    pinned: true,
    messages: [
      message('waiting', 'Please rebase onto main when the tests pass.', waits),
      message('not-confirmed', 'And keep the old cookie name.', null),
    ],
  }),
  session('api-14', 'schema-v3', 20, {
    state: 'merged',
    pullRequest: { number: 418, url: 'https://github.com/you/api/pull/418', state: 'merged' },
    archived: true,
    exit: { code: 0, signal: null, at: Date.now() - 20 * minute },
  }),
  session('web-21', 'sprite', 1, {
    state: 'idle',
    agent: 'codex',
    because: 'Its turn ended: 48 icons come from one sprite now.',
  }),
  session('docs-41', 'docs-ia', 9, {
    state: 'ready-to-land',
    because: '#88 is approved, its checks passed, and nothing conflicts.',
    pullRequest: { number: 90, url: 'https://github.com/you/docs/pull/90', state: 'open' },
  }),
  session('web-26', 'nav-focus', 26, {
    state: 'ci-failing',
    because: '2 of 9 checks failed: e2e (webkit), lint-a11y. No agent is on it.',
  }),
  session('web-22', 'nav-a11y', 9, {
    state: 'crashed',
    because: 'The agent ended with exit code 1.',
    exit: { code: 1, signal: null, at: Date.now() - 9 * minute },
  }),
  session('web-23', 'ui-kit: a rather long name that goes on and on until it has to be cut', 5, {
    branch: 'feat/a-branch-whose-name-goes-on-and-on-until-it-has-to-be-cut',
    terminals: ['agent', 'run', ...Array.from({ length: 9 }, (_, index) => `shell ${index + 1}`)].map((name) =>
      terminal(name),
    ),
  }),
  session('web-24', 'icons', 2, { state: 'done', exit: { code: 0, signal: null, at: Date.now() - 2 * minute } }),
  session('infra-31', 'import-job', 18, { state: 'stuck', because: 'No output for 18 minutes.' }),
  session('infra-32', 'tf-upgrade', 130, { state: 'lost', because: 'The terminal service does not know it any more.' }),
  session('infra-33', 'infra-33', 0, {
    state: 'unknown',
    damaged: 'record_version 9 is newer than this program',
    since: 0,
    terminal: null,
    worktree: null,
    branch: null,
    prompt: null,
    agent: '',
  }),
];

export const manySessions = (): readonly SessionView[] =>
  Array.from({ length: 40 }, (_, index) =>
    session(`${sampleProjects[index % 3]?.id ?? 'api'}-${100 + index}`, `session number ${index + 1}`, index * 7, {
      state: screenStateSchema.options[index % screenStateSchema.options.length] ?? 'working',
    }),
  );

/** Of those that have not ended. */
export function sampleUsage({ id, exit, damaged }: SessionView): readonly SessionUsage[] {
  if (exit !== null || damaged !== null) return [];
  const number = Number(id.replace(/\D/g, ''));
  const ports = number === 12 ? [{ port: 5173, address: '127.0.0.1', pid: 4711 }] : [];
  return [
    {
      session: id,
      processes: 2 + (number % 7),
      cpu: (number % 5) / 20,
      memory: (180 + number * 9) * 1024 * 1024,
      listening: { ports, cannotTell: null },
      at: Date.now(),
    },
  ];
}

/** Forty that ask, and some at work. */
export const waitingSessions = (): readonly SessionView[] => [
  ...Array.from({ length: 40 }, (_, index) =>
    session(`${sampleProjects[index % 3]?.id ?? 'api'}-${200 + index}`, `worker number ${index + 1}`, 90 - index * 2, {
      state: index % 2 === 0 ? 'asks-permission' : 'asks-you',
      because: 'Its hook reported it.',
      question:
        index % 2 === 0
          ? permission(`npm run step -- --number ${index + 1}`, index % 6 === 0 ? { unusual: ['network'] } : {})
          : asked(`Which of the two designs shall I go on with for part ${index + 1}?`, ['The first', 'The second']),
    }),
  ),
  ...Array.from({ length: 7 }, (_, index) => session(`docs-${300 + index}`, `writer ${index + 1}`, index * 3)),
];

export const workingSessions = (): readonly SessionView[] =>
  Array.from({ length: 7 }, (_, index) => session(`docs-${300 + index}`, `writer ${index + 1}`, index * 3));

export const sampleRecovery = (kind: string): RecoveryNote => {
  const ids = busySessions().map(({ id }) => id);
  const none = { recovered: [], takenBack: [], ended: [], escalated: [], left: [] };
  if (kind === 'held') return { ...none, at: Date.now() - 20_000, held: true, left: ids.slice(0, 11) };
  return {
    ...{
      at: Date.now() - 20_000,
      held: false,
      recovered: ids.slice(0, 2),
      takenBack: ['api-15'],
      ended: ids.slice(5, 7),
    },
    ...{ escalated: ids.slice(3, 4), left: [] },
  };
};
