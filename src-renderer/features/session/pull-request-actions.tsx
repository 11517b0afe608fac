// What a person may do to a pull request, in the order in which it is landed. A button that can't be pressed says why under it.
import { useState } from 'react';
import { mergeability, type MergeMethod, type PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import type { SessionView } from '#shared/domain/session.ts';
import { Button } from '../../components/button.tsx';
import { HoldButton } from '../../components/hold-button.tsx';
import { useApp } from '../app-context.tsx';
import { MergeMethodField } from './merge-method-field.tsx';

type Call = 'pullRequest.markReady' | 'pullRequest.updateBranch' | 'pullRequest.merge' | 'pullRequest.close';

export function PullRequestActions({
  session,
  facts,
}: {
  readonly session: SessionView;
  readonly facts: PullRequestFacts;
}) {
  const { act, busy, problem } = useAct(session.id);
  const [method, setMethod] = useState<MergeMethod>('squash');
  const { state, draft, number } = facts.pullRequest;
  if (state !== 'open') return null;
  const { mergeable, blockers } = mergeability(facts);
  const why = blockers.map(({ what }) => what).join(' ');
  return (
    <section className="px-4 py-3.5" aria-label="Land it">
      <div className="flex flex-wrap gap-1.5">
        {draft ? (
          <Button size={24} disabled={busy !== null} onClick={() => void act('pullRequest.markReady')}>
            Mark ready
          </Button>
        ) : null}
        {facts.behind === true ? (
          <Button size={24} disabled={busy !== null} onClick={() => void act('pullRequest.updateBranch')}>
            Update branch
          </Button>
        ) : null}
        <MergeMethodField address={facts.pullRequest.url} method={method} onChoose={setMethod} />
        <HoldButton
          kind="primary"
          size={24}
          disabled={!mergeable || busy !== null}
          onHeld={() => void act('pullRequest.merge', method)}
        >
          {busy === 'pullRequest.merge' ? 'Merging…' : `Hold to ${holdWords[method]}`}
        </HoldButton>
        <HoldButton kind="quiet" size={24} disabled={busy !== null} onHeld={() => void act('pullRequest.close')}>
          Hold to close
        </HoldButton>
      </div>
      {mergeable ? null : (
        <p className="mt-1.5 text-caption break-words text-faint">
          #{number} can't be merged now: {why}
        </p>
      )}
      {problem === null ? null : (
        <p role="alert" className="mt-1.5 text-caption break-words" style={{ color: 'var(--state-fail)' }}>
          {problem}
        </p>
      )}
    </section>
  );
}

const holdWords = {
  squash: 'squash and merge',
  merge: 'merge',
  rebase: 'rebase and merge',
} as const satisfies Record<MergeMethod, string>;

function useAct(id: string) {
  const { connection } = useApp();
  const [busy, setBusy] = useState<Call | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const act = async (call: Call, method: MergeMethod = 'squash'): Promise<void> => {
    setBusy(call);
    setProblem(null);
    const done =
      call === 'pullRequest.merge' ? await connection.call(call, { id, method }) : await connection.call(call, { id });
    setBusy(null);
    if (!done.ok) setProblem([done.problem.what, done.problem.todo].filter(Boolean).join(' '));
  };
  return { act, busy, problem };
}
