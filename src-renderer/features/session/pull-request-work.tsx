// What is left to do on a pull request: checks that failed and threads that are open, each with the way to the agent.
import { useState, type ReactNode } from 'react';
import { checkFeedback, threadFeedback } from '#shared/domain/pull-request-feedback.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { age } from '../../lib/age.ts';
import { uuidv7 } from '../../lib/uuid.ts';
import { useApp, useNow } from '../app-context.tsx';
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

export function Threads({ session, facts }: Shown) {
  const now = useNow();
  const open = facts.threads.filter(({ resolved, comments }) => !resolved && comments.length > 0);
  const settled = facts.threads.filter(({ resolved }) => resolved).length;
  if (open.length === 0) return null;
  return (
    <Work
      title={open.length === 1 ? '1 open thread' : `${open.length} open threads`}
      tail={settled === 0 ? '' : `${settled} resolved`}
      session={session}
    >
      {open.map((thread) => {
        const place =
          thread.path === null ? 'Whole pull request' : [thread.path, thread.line].filter(Boolean).join(':');
        return (
          <li key={thread.id}>
            <p className="flex items-start gap-2">
              <span className="min-w-0 flex-1 font-mono text-[11.5px] break-all">
                <OutsideLink address={thread.comments[0]?.url ?? null} about="This thread has this address">
                  {place}
                </OutsideLink>
              </span>
              <SendToAgent
                session={session}
                text={threadFeedback(facts.pullRequest.number, thread)}
                about={`the thread at ${place}`}
              />
            </p>
            {thread.comments.map(({ id, author, bot, body, at }) => (
              <div key={id} className="mt-1.5 border-s-2 border-line ps-2.5">
                <p className="text-caption text-faint">
                  <span className="font-medium text-soft">{author}</span>
                  {bot ? ' · bot' : ''}
                  {at === 0 ? '' : ` · ${age(at, now)}`}
                </p>
                <p className="line-clamp-6 break-words whitespace-pre-wrap text-soft">{body}</p>
              </div>
            ))}
          </li>
        );
      })}
    </Work>
  );
}

/** Whoever has ended gets nothing: why stands under the list, once. */
function Work({
  title,
  tail = '',
  session,
  children,
}: {
  readonly title: string;
  readonly tail?: string;
  readonly session: SessionView;
  readonly children: ReactNode;
}) {
  const why = whyNot(session);
  return (
    <section className="px-4 py-3.5" aria-label={title}>
      <h2 className="mb-2 flex justify-between text-caption font-medium text-faint">
        {title} <span className="font-normal">{tail}</span>
      </h2>
      <ul className="flex flex-col gap-3">{children}</ul>
      {why === null ? null : <p className="mt-2 text-caption text-faint">{why}</p>}
    </section>
  );
}

const whyNot = ({ exit, state }: SessionView): string | null =>
  exit === null && state !== 'crashed' && state !== 'stopped' && state !== 'done'
    ? null
    : 'Its agent has ended: restore the session to send it something.';

function SendToAgent({
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
