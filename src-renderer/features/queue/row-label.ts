import type { SessionView } from '#shared/domain/session.ts';
import { age } from '../../lib/age.ts';
import { stateWords } from '../../text.ts';

/** What a screen reader says of a whole row: `rate-limit, asks permission, 12m, project api, Claude Code, npm run migrate, 3 options`. */
export function rowLabel(session: SessionView, agent: string, now: number): string {
  const { question } = session;
  const options = question?.choices.length ?? 0;
  return [
    session.name,
    stateWords[session.state].toLowerCase(),
    session.since === 0 ? '' : age(session.since, now),
    `project ${session.project}`,
    agent,
    question?.command ?? question?.text ?? session.because,
    options === 0 ? '' : options === 1 ? '1 option' : `${options} options`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
