// What happens by itself next in a session, or why it does not: small, since most sessions have none of it.
import { useState } from 'react';
import { reactionWords } from '#shared/domain/reaction-words.ts';
import type { ReactionView } from '#shared/domain/reaction-view.ts';
import { Button } from '../../components/button.tsx';
import { useApp, useNow, useStore } from '../app-context.tsx';

export function NextReactions({ session }: { readonly session: string }) {
  const all = useStore(useApp().reactions)?.find((one) => one.session === session);
  const shown = all?.reactions.filter(isShown) ?? [];
  if (all === undefined || (shown.length === 0 && all.cleanup === null)) return null;
  return (
    <section aria-label="What happens by itself" className="px-4 py-3.5">
      <h2 className="mb-1.5 text-caption font-medium text-faint">Next, by itself</h2>
      <ul className="flex flex-col gap-3">
        {shown.map((reaction) => (
          <Next key={reaction.key} session={session} reaction={reaction} />
        ))}
      </ul>
      {all.cleanup === null ? null : <p className="mt-1 break-words text-caption text-soft">{all.cleanup}</p>}
    </section>
  );
}

/** What a notice tells of needs no second place. */
const isShown = ({ action, what }: ReactionView): boolean => action === 'send-to-agent' && what !== null;

function Next({ session, reaction }: { readonly session: string; readonly reaction: ReactionView }) {
  const app = useApp();
  const now = useNow();
  const [text, setText] = useState<string | null>(null);
  const { key, plan, dismissed, escalated } = reaction;
  const one = { id: session, key };
  const told = async (
    call: Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: { readonly what: string } }>,
  ) => {
    const done = await call;
    if (!done.ok) app.view.toast(done.problem.what);
  };
  const show = async (): Promise<void> => {
    if (text !== null) return setText(null);
    const preview = await app.connection.call('reaction.preview', one);
    if (preview.ok) setText(preview.value.text ?? 'Nothing would be said.');
    else app.view.toast(preview.problem.what);
  };
  const mayBeSent = plan.kind === 'due' || plan.kind === 'held' || dismissed || escalated || !reaction.auto;
  return (
    <li>
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-medium">{reactionWords[key].name}</span>
        <span className="tabular shrink-0 text-caption text-faint">{countOf(reaction)}</span>
      </p>
      <p className="mt-0.5 break-words text-soft">{planWords(reaction, now)}</p>
      <p className="mt-1.5 flex gap-1.5">
        {mayBeSent ? (
          <Button size={24} onClick={() => void told(app.connection.call('reaction.run', one))}>
            Send now
          </Button>
        ) : null}
        {dismissed || plan.kind === 'due' || plan.kind === 'held' ? (
          <Button
            size={24}
            kind="quiet"
            onClick={() => void told(app.connection.call('reaction.dismiss', { ...one, on: !dismissed }))}
          >
            {dismissed ? 'Take back' : 'Dismiss'}
          </Button>
        ) : null}
        <Button size={24} kind="quiet" aria-expanded={text !== null} onClick={() => void show()}>
          {text === null ? 'Show text' : 'Hide text'}
        </Button>
      </p>
      {text === null ? null : (
        <pre
          aria-label="What its agent is told"
          tabIndex={0}
          className="mt-1.5 max-h-56 overflow-auto rounded-control bg-raised p-2 font-mono text-[11.5px] leading-4 break-words whitespace-pre-wrap"
        >
          {text}
        </pre>
      )}
    </li>
  );
}

const countOf = ({ attempts, most }: ReactionView): string =>
  attempts === 0 ? '' : most === null ? `sent ${attempts} ×` : `sent ${Math.min(attempts, most)} of ${most}`;

function planWords({ what, plan, escalatesAt, escalated }: ReactionView, now: number): string {
  const then =
    escalatesAt === null || escalated ? '' : ` You are told in ${minutes(escalatesAt - now)} if it still is so.`;
  switch (plan.kind) {
    case 'due':
      return `${what} Its agent is told ${seconds(plan.at - now)}.${then}`;
    case 'held':
      return `${what} Its agent is told later: ${plan.why}${then}`;
    case 'rests':
      return `${what} ${plan.why}${then}`;
    case 'nothing':
      return what ?? '';
  }
}

function seconds(ms: number): string {
  const left = Math.ceil(ms / 1000);
  return left <= 0 ? 'now' : left < 90 ? `in ${left} s` : `in ${minutes(ms)}`;
}

const minutes = (ms: number): string => `${Math.max(1, Math.ceil(ms / 60_000))} min`;
