// The threads of its reviews that are open: what was said, and what can be done about it from here.
import { threadFeedback } from '#shared/domain/pull-request-feedback.ts';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { age } from '../../lib/age.ts';
import { useNow } from '../app-context.tsx';
import { OutsideLink } from './outside-link.tsx';
import { SendToAgent, Work } from './pull-request-work.tsx';
import { placeOf, ResolvedThreads } from './resolved-threads.tsx';
import { ThreadReply } from './thread-reply.tsx';
import { useResolving } from './use-resolving.ts';

type Thread = PullRequestFacts['threads'][number];

export function Threads({ session, facts }: { readonly session: SessionView; readonly facts: PullRequestFacts }) {
  const { isResolved, resolve, reopen } = useResolving(session.id, facts);
  const open = facts.threads.filter((thread) => !isResolved(thread) && thread.comments.length > 0);
  const settled = facts.threads.filter(isResolved);
  if (open.length === 0 && settled.length === 0) return null;
  return (
    <Work
      title={open.length === 1 ? '1 open thread' : `${open.length === 0 ? 'No' : open.length} open threads`}
      session={session}
      below={<ResolvedThreads threads={settled} onReopen={(thread) => void reopen(thread)} />}
    >
      {open.map((thread) => (
        <OpenThread
          key={thread.id}
          session={session}
          thread={thread}
          number={facts.pullRequest.number}
          onResolve={() => void resolve(thread, placeOf(thread))}
        />
      ))}
    </Work>
  );
}

function OpenThread({
  session,
  thread,
  number,
  onResolve,
}: {
  readonly session: SessionView;
  readonly thread: Thread;
  readonly number: number;
  readonly onResolve: () => void;
}) {
  const place = placeOf(thread);
  return (
    <li>
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1 font-mono text-[11.5px] break-all">
          <OutsideLink address={thread.comments[0]?.url ?? null} about="This thread has this address">
            {thread.path === null ? 'Whole pull request' : place}
          </OutsideLink>
        </span>
        <SendToAgent session={session} text={threadFeedback(number, thread)} about={`the thread at ${place}`} />
      </div>
      {thread.comments.map((comment) => (
        <Comment key={comment.id} {...comment} />
      ))}
      <ThreadReply session={session.id} thread={thread} place={place}>
        <Button size={24} kind="quiet" aria-label={`Resolve the thread at ${place}`} onClick={onResolve}>
          Resolve
        </Button>
      </ThreadReply>
    </li>
  );
}

function Comment({ author, bot, body, at }: Pick<Thread['comments'][number], 'author' | 'bot' | 'body' | 'at'>) {
  const now = useNow();
  return (
    <div className="mt-1.5 border-s-2 border-line ps-2.5">
      <p className="text-caption text-faint">
        <span className="font-medium text-soft">{author}</span>
        {bot ? ' · bot' : ''}
        {at === 0 ? '' : ` · ${age(at, now)}`}
      </p>
      <p className="line-clamp-6 break-words whitespace-pre-wrap text-soft">{body}</p>
    </div>
  );
}
