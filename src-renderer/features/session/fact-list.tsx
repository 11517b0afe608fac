// The facts that a session's state was concluded from, newest first.
import { useEffect, useState } from 'react';
import type { Fact } from '#shared/domain/fact.ts';
import { claimWords } from '#shared/domain/fact-words.ts';
import { age } from '../../lib/age.ts';
import { useApp } from '../app-context.tsx';

const shown = 6;

export function FactList({ id, now }: { readonly id: string; readonly now: number }) {
  const facts = useFacts(id);
  if (facts === null || facts.length === 0) return null;
  return (
    <ul className="mt-2.5 ms-6 grid gap-1 border-t border-line pt-2.5" aria-label="What it was concluded from">
      {facts
        .slice(-shown)
        .toReversed()
        .map(({ at, source, by, claim }, index) => (
          <li key={`${at}-${index}`} className="grid grid-cols-[1fr_auto] gap-3 text-caption">
            <span className="min-w-0 break-words text-soft">{claimWords(claim)}</span>
            <span className="tabular text-faint" title={by}>
              {source} · {age(at, now)}
            </span>
          </li>
        ))}
    </ul>
  );
}

/** Null until the host has answered. */
function useFacts(id: string): readonly Fact[] | null {
  const { connection } = useApp();
  const [facts, setFacts] = useState<readonly Fact[] | null>(null);
  useEffect(() => {
    let current = true;
    void connection.call('session.explain', { id }).then((told) => {
      if (current && told.ok) setFacts(told.value.flatMap((line) => ('fact' in line ? [line.fact] : [])));
    });
    return () => {
      current = false;
    };
  }, [connection, id]);
  return facts;
}
