import { expect, it } from 'vitest';
import type { EventView } from '#shared/domain/event.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { ledgerOf } from './ledger.ts';

const session = (id: string, more: Partial<SessionView> = {}): SessionView =>
  ({
    ...{ id, project: 'api', name: id, kind: 'worker', owner: { kind: 'project' }, spawnedBy: 'api-orchestrator' },
    ...{ state: 'working', leads: null, question: null, ...more },
  }) as SessionView;

const lead = session('api-orchestrator', {
  ...{ name: 'api orchestrator', kind: 'orchestrator', leads: ['api'], spawnedBy: 'release' },
});
const meta = session('release', { kind: 'meta-orchestrator', project: '_meta', leads: ['api'], spawnedBy: 'person' });
const all = [
  ...[meta, lead, session('api-1'), session('web-1', { project: 'web', spawnedBy: 'person' })],
  session('api-2', { name: 'cache', state: 'asks-you', question: { id: 'q2' } as SessionView['question'] }),
];

type Sample = readonly [kind: string, session: string, text: string, data: EventView['data']];
const rows = (...samples: readonly Sample[]): readonly string[] => {
  const events = samples
    .map(([kind, of, text, data], index) => ({ id: index + 1, at: index, kind, session: of, text, data }) as EventView)
    .toReversed();
  return ledgerOf(lead, events, all).map(
    ({ title, path, outcome, tone, session: at }) => `${title} | ${path.join(' → ')} · ${outcome} (${tone}, ${at})`,
  );
};
const answered = (question: string, by: string, what: string) => ({
  question,
  how: { kind: 'answered', by, what, confirmed: true },
});

it.each<readonly [string, readonly Sample[], readonly string[]]>([
  [
    'a question that its leader answered',
    [
      ['question.asked', 'api-1', 'It asks: Per key?', { question: 'q1' }],
      ['question.answered', 'api-1', 'api-orchestrator answered: yes', answered('q1', 'api-orchestrator', 'yes')],
    ],
    ['Per key? | api-1 → api orchestrator · api orchestrator decided: yes (settled, api-1)'],
  ],
  [
    'one that the person answered',
    [
      ['question.asked', 'api-1', 'It asks: Per key?', { question: 'q1' }],
      ['question.answered', 'api-1', 'Answered: yes', answered('q1', 'person', 'yes')],
    ],
    ['Per key? | api-1 → api orchestrator → release → you · you: yes (settled, api-1)'],
  ],
  [
    'one that was answered in its terminal',
    [
      ['question.asked', 'api-1', 'It asks: Per key?', { question: 'q1' }],
      ['question.answered', 'api-1', 'Answered in its terminal.', { question: 'q1', how: { kind: 'typed' } }],
    ],
    ['Per key? | api-1 → api orchestrator → release → you · you: answered in its terminal (settled, api-1)'],
  ],
  [
    'one that the person answered, of which whoever leads was told',
    [
      ['coordinator.informed', 'api-orchestrator', 'It is told', { question: 'q1', worker: 'api-2', message: 'm' }],
      ['question.answered', 'api-2', 'Answered: Yes', { question: 'q1', how: { by: 'person', what: 'Yes' } }],
      ['question.asked', 'api-2', 'It asks: Go on?', { question: 'q1' }],
    ],
    ['Go on? | cache → api orchestrator → release → you · you: Yes; api orchestrator was told (settled, api-2)'],
  ],
  [
    'one that stands, and one of which nothing is known',
    [
      ['question.asked', 'api-2', 'It asks: Go on?', { question: 'q1' }],
      ['question.asked', 'api-2', 'It asks: Keep them?', { question: 'q2' }],
    ],
    [
      'Keep them? | cache → api orchestrator → release → you · open (open, api-2)',
      'Go on? | cache → api orchestrator → release → you · not answered (settled, api-2)',
    ],
  ],
  [
    'messages, with what became of them',
    [
      ['message.sent', 'api-1', 'Message of api-orchestrator: go on', { message: 'a', from: 'api-orchestrator' }],
      ['message.not_confirmed', 'api-1', 'Typed', { message: 'a' }],
      ['message.sent', 'api-orchestrator', 'Message: keep main green', { message: 'b', from: null }],
    ],
    [
      'keep main green | you → api orchestrator · on its way (settled, api-orchestrator)',
      'go on | api orchestrator → api-1 · not seen to arrive (bad, api-1)',
    ],
  ],
  [
    'limits, pauses, stops and starts',
    [
      ['coordinator.spawn_refused', 'api-orchestrator', 'It may have 10.', {}],
      ['coordinator.paused', 'api-orchestrator', 'Paused', { by: 'person' }],
      ['session.killed', 'api-1', 'stopped', { by: 'api-orchestrator' }],
      ['session.restored', 'api-1', 'again', { by: 'person' }],
      ['session.killed', 'api-1', 'It was cleaned up.', {}],
    ],
    [
      'Start api-1 again | you → api-1 · started again (settled, api-1)',
      'Stop api-1 | api orchestrator → api-1 · stopped (settled, api-1)',
      'Pause its spawning | you → api orchestrator · it starts no new sessions (settled, api-orchestrator)',
      'It may have 10. | api orchestrator → a new session · refused, nothing was created (bad, api-orchestrator)',
    ],
  ],
  ['nothing of sessions that others lead', [['session.killed', 'web-1', 'stopped', { by: 'person' }]], []],
])('tells %s', (_, samples, told) => expect(rows(...samples)).toEqual(told));
