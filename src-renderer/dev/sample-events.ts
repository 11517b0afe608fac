import { priorityOf, type EventKind, type EventSource, type EventView } from '#shared/domain/event.ts';

const minute = 60_000;

type Sample = readonly [minutesAgo: number, kind: EventKind, source: EventSource, text: string];

/** Newest first. */
const samples: readonly Sample[] = [
  [4, 'session.needs_input', 'athene', 'It waits for an answer.'],
  [4, 'question.asked', 'hook', 'It asks: Keep accepting old session cookies for a while?'],
  [11, 'session.working', 'athene', 'It works.'],
  [11, 'question.answered', 'person', 'Answered: Allow once'],
  [13, 'question.asked', 'hook', 'It asks: May it run npm run migrate?'],
  [26, 'message.not_confirmed', 'athene', 'The message was typed, and not seen to arrive.'],
  [26, 'message.sent', 'agent', 'Message of api-orchestrator: the schema is settled, go on with the token store'],
  [47, 'pr.created', 'code-host', 'Pull request #421 is open.'],
  [58, 'branch.changed', 'git', 'It works on feat/auth-refactor now; before, on session/api-12.'],
  [64, 'prompt.sent', 'athene', 'Prompt handed over: Split the session token out of the cookie handling'],
  [64, 'session.spawned', 'athene', 'claude-code was started on session/api-12.'],
  [65, 'session.set_up_step', 'athene', 'Setting up (2 of 2): npm run build'],
  [66, 'session.set_up_step', 'athene', 'Setting up (1 of 2): npm ci'],
  [26 * 60, 'session.killed', 'athene', 'It was stopped.'],
  [27 * 60, 'session.errored', 'process', 'claude-code ended with exit code 1.'],
];

export const sampleEvents = (session: string): EventView[] =>
  samples.map(([ago, kind, source, text], index) => ({
    ...{ id: samples.length - index, at: Date.now() - ago * minute, session, project: 'api', source, kind, text },
    ...{ priority: priorityOf(kind), data: {} },
  }));
