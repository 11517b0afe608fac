// What is left to do on a pull request, each with the way to the agent; and the checks that failed.
import { Children, useState, type ReactNode } from 'react';
import { checkFeedback } from '#shared/domain/pull-request-feedback.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { uuidv7 } from '../../lib/uuid.ts';
import { useApp } from '../app-context.tsx';
import { CheckLog } from './check-log.tsx';
import { OutsideLink } from './outside-link.tsx';

interface Shown {
  readonly session: SessionView;
  readonly facts: PullRequestFacts;
}

export function FailedChecks({ session, facts }: Shown) {
  const failed = facts.checks.filter(({ state }) => state === 'failed' || state === 'cancelled');
  const { number } = facts.pullRequest;
  if (failed.length === 0) return null;
  return (
    <Work title={failed.length === 1 ? '1 failed check' : `${failed.length} failed checks`} session={session}>
      {failed.map((check, index) => (
        <li key={`${check.name}-${index}`}>
          <p className="flex items-start gap-2">
            <span className="min-w-0 flex-1">
              <OutsideLink address={check.url} about={`The check ${check.name} has this address`}>
                <span className="font-medium break-words">{check.name}</span>
              </OutsideLink>
              <span className="block text-caption text-faint">
                {check.state}
                {check.required ? ' · required' : ''}
              </span>
            </span>
            <SendToAgent session={session} text={checkFeedback(number, check)} about={check.name} />
          </p>
          {check.log === null ? null : <CheckLog name={check.name} log={check.log} />}
        </li>
      ))}
    </Work>
  );
}

/** Whoever has ended gets nothing: why stands under the list, once. */
export function Work({
  title,
  session,
  below = null,
  children,
}: {
  readonly title: string;
  readonly below?: ReactNode;
  readonly session: SessionView;
  readonly children: ReactNode;
}) {
  const why = Children.count(children) === 0 ? null : whyNot(session);
  return (
    <section className="px-4 py-3.5" aria-label={title}>
      <h2 className="mb-2 text-caption font-medium text-faint">{title}</h2>
      <ul className="flex flex-col gap-3">{children}</ul>
      {why === null ? null : <p className="mt-2 text-caption text-faint">{why}</p>}
      {below}
    </section>
  );
}

const whyNot = ({ exit, state }: SessionView): string | null =>
  exit === null && state !== 'crashed' && state !== 'stopped' && state !== 'done'
    ? null
    : 'Its agent has ended: restore the session to send it something.';

export function SendToAgent({
  session,
  text,
  about,
}: {
  readonly session: SessionView;
  readonly text: string;
  readonly about: string;
}) {
  const app = useApp();
  const [sent, setSent] = useState(false);
  const send = async (): Promise<void> => {
    setSent(true);
    const done = await app.connection.call('session.send', { id: session.id, message: uuidv7(), text, timeout: 0 });
    if (done.ok) return;
    setSent(false);
    app.view.toast(`Not sent: ${done.problem.what}`);
  };
  return (
    <Button
      size={24}
      disabled={sent || whyNot(session) !== null}
      aria-label={`${sent ? 'Sent' : 'Send to agent'}: ${about}`}
      onClick={() => void send()}
    >
      {sent ? 'Sent' : 'Send to agent'}
    </Button>
  );
}
