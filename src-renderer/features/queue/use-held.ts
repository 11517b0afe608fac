// A row that was answered stays where it was for a moment, with what became of the answer, although its session has gone on.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import type { AnswerProgress } from '../../state/answers.ts';

/** Milliseconds for which what became of it can be read. */
const shown = 4000;

export interface Held {
  /** Sessions as they were when they were answered. */
  readonly sessions: ReadonlyMap<string, SessionView>;
  hold(session: SessionView): void;
  settle(session: string, progress: AnswerProgress): void;
}

/** @param onRelease called when the row of a session is about to be what the session is now */
export function useHeld(onRelease?: (session: string) => void): Held {
  const [sessions, setSessions] = useState<ReadonlyMap<string, SessionView>>(new Map());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) clearTimeout(timer);
    };
  }, []);
  const released = useRef(onRelease);
  useEffect(() => {
    released.current = onRelease;
  });
  const release = useCallback((id: string) => {
    released.current?.(id);
    setSessions((before) => {
      const after = new Map(before);
      after.delete(id);
      return after;
    });
  }, []);
  return {
    sessions,
    hold: (session) => setSessions((before) => new Map(before).set(session.id, session)),
    settle(id, progress) {
      if (progress.kind === 'refused') return release(id);
      timers.current.add(setTimeout(() => release(id), shown));
    },
  };
}
