// What was said in sessions, made up: a short talk for most, a very long one (`?talk=5000`), one that goes on while somebody looks (`&talking`).
import type { Beside, ConversationEntry, ConversationPage, Said } from '#shared/domain/conversation.ts';
import type { SessionView } from '#shared/domain/session.ts';

const plan = (done: number): Said => ({
  kind: 'planned',
  call: `plan-${done}`,
  steps: [
    'Schema for token families and limits',
    'Rotating tokens, rate limits',
    'Checkout on Stripe elements, accessible navigation',
    'Cluster 1.31 before the load test',
    'Billing export',
  ].map((text, index) => ({ text, state: index < done ? 'done' : index === done ? 'doing' : 'open' })),
});

let calls = 0;
function used(tool: string, about: string, text: string | null, failed = false): readonly Said[] {
  calls += 1;
  const call = `call-${calls}`;
  const input = JSON.stringify({ command: about, description: 'What it is for' }, null, 2);
  const asked: Said = { kind: 'called', call, tool, about, input };
  return text === null ? [asked] : [asked, { kind: 'returned', call, text, failed }];
}

const talk = (): readonly Said[] => [
  {
    kind: 'told',
    text: 'Ship 2.0 behind a flag. Keep main green, land in small PRs, ask me before anything touches production data.',
  },
  {
    kind: 'thought',
    text: 'Three projects are in scope. First look at what runs there already, before anything new is started.',
  },
  { kind: 'said', text: 'I begin with a look at what is there.' },
  plan(0),
  ...used('Bash', 'athene status --json', '{ "sessions": 5, "working": 2, "asks": 1, "ciFailing": 1, "idle": 1 }'),
  ...used(
    'Bash',
    'athene spawn --project web --name nav-a11y "Make the navigation usable by keyboard; see issue 41"',
    'web-22',
  ),
  { kind: 'told', text: 'nav-a11y has failed the same two checks twice. What now?' },
  {
    kind: 'said',
    text: 'web is the slow lane. `nav-a11y` has failed the same two checks twice, so I asked its orchestrator to read the webkit trace before a third try:\n\n```sh\nnpx playwright show-trace test-results/nav-a11y/trace.zip\n```\n\nThree questions are with you and I answer none of them: two touch data, one adds a dependency.',
  },
  ...used(
    'Read',
    'src/navigation/menu.tsx',
    `export function Menu() {\n  return <nav aria-label="Main">…</nav>;\n}\n${'// more\n'.repeat(40)}`,
  ),
  ...used(
    'Bash',
    'npm test -- navigation',
    'FAIL navigation/menu.test.tsx\n  expected focus on "Settings", got body',
    true,
  ),
  { kind: 'note', text: 'Interrupted' },
  { kind: 'told', text: 'Go on, but leave billing export for last.' },
  plan(2),
  {
    kind: 'said',
    text: 'Done: billing export stands last now. <b>This is no markup</b>, [nor is this](javascript:alert(1)).',
  },
  ...used('Bash', 'athene send infra-orchestrator "import-job has been silent for 18 minutes"', null),
];

export function fakeConversations() {
  const wanted = new URLSearchParams(globalThis.location?.search ?? '');
  const long = Number(wanted.get('talk') ?? 0);
  const began = Date.now();
  const known = new Map<string, readonly ConversationEntry[]>();
  const of = (session: SessionView): readonly ConversationEntry[] => {
    const before = known.get(session.id);
    if (before !== undefined) return before;
    const said = Array.from({ length: Math.max(1, Math.ceil(long / 18)) }, talk).flat();
    const entries = said.map((each, index) => ({
      ...{ id: `${index}.0`, at: began - (said.length - index) * 40_000, said: each },
      from:
        each.kind === 'told' && index > 6 && index % 2 === 0 && session.kind === 'worker' ? 'api-orchestrator' : null,
    }));
    known.set(session.id, entries);
    return entries;
  };
  const grown = (entries: readonly ConversationEntry[]): readonly ConversationEntry[] => {
    const more = wanted.has('talking') ? Math.floor((Date.now() - began) / 2000) : 0;
    const later = Array.from({ length: more }, (_, index): ConversationEntry => ({
      ...{ id: `${entries.length + index}.0`, at: began + index * 2000, from: null },
      said: { kind: 'said', text: `One thing more, the ${index + 1}.` },
    }));
    return [...entries, ...later];
  };
  return {
    /** Offsets are places in the list. */
    page(session: SessionView | null, beside: Beside | null): ConversationPage {
      if (session === null || session.agent !== 'claude-code') return { kind: 'none', why: 'unread' };
      if (session.state === 'starting') return { kind: 'none', why: 'not-begun' };
      const all = grown(of(session));
      const [from, to] =
        beside === null
          ? [Math.max(0, all.length - 200), all.length]
          : beside.side === 'before'
            ? [Math.max(0, beside.offset - 200), beside.offset]
            : [beside.offset, all.length];
      return { kind: 'page', file: session.id, entries: all.slice(from, to), from, to, more: false };
    },
  };
}
