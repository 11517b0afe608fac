// Resolving a thread: shown at once, told when it did not come about, and taken back by Undo.
import { useEffect, useRef, useState } from 'react';
import type { PullRequestFacts } from '#shared/domain/pull-request-facts.ts';
import { useApp } from '../app-context.tsx';

type Thread = PullRequestFacts['threads'][number];

interface Wish {
  readonly resolved: boolean;
  /** Null: it is being done. Else the wish stands for these facts alone: newer ones know better. */
  readonly facts: PullRequestFacts | null;
}

export function useResolving(id: string, facts: PullRequestFacts) {
  const { connection, view } = useApp();
  const [wishes, setWishes] = useState<ReadonlyMap<string, Wish>>(new Map());
  const newest = useRef(facts);
  useEffect(() => {
    newest.current = facts;
  }, [facts]);
  const wish = (thread: string, is: Wish | null): void =>
    setWishes((before) => {
      const after = new Map(before);
      if (is === null) after.delete(thread);
      else after.set(thread, is);
      return after;
    });
  const set = async (thread: string, resolved: boolean): Promise<boolean> => {
    wish(thread, { resolved, facts: null });
    const done = await connection.call('pullRequest.resolve', { id, thread, resolved });
    wish(thread, done.ok ? { resolved, facts: newest.current } : null);
    if (!done.ok) view.toast(`Not ${resolved ? 'resolved' : 'opened again'}: ${done.problem.what}`);
    return done.ok;
  };
  return {
    isResolved({ id: thread, resolved }: Thread): boolean {
      const wished = wishes.get(thread);
      return wished !== undefined && (wished.facts === null || wished.facts === facts) ? wished.resolved : resolved;
    },
    async reopen({ id: thread }: Thread): Promise<void> {
      await set(thread, false);
    },
    async resolve({ id: thread }: Thread, place: string): Promise<void> {
      if (await set(thread, true)) view.toast(`Resolved the thread at ${place}`, () => void set(thread, false));
    },
  };
}
