// A row that was answered stays where it was for a moment, with what became of the answer, although its session has gone on. So does one
// for which somebody types an answer: what is typed there is for nobody else.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SessionView } from '#shared/domain/session.ts';
import type { AnswerProgress } from '../../state/answers.ts';

/** Milliseconds for which what became of it can be read. */
const shown = 4000;

export interface Held {
  /** Sessions as they were when they were answered, or when somebody began to type. */
  readonly sessions: ReadonlyMap<string, SessionView>;
  hold(session: SessionView): void;
  type(session: SessionView, on: boolean): void;
  settle(session: string, progress: AnswerProgress): void;
}

/** @param onRelease called when the row of a session is about to be what the session is now */
export function useHeld(onRelease?: (session: string) => void): Held {
  const [answered, setAnswered] = useState<ReadonlyMap<string, SessionView>>(new Map());
  const [typed, setTyped] = useState<ReadonlyMap<string, SessionView>>(new Map());
  const sessions = useMemo(() => new Map([...typed, ...answered]), [typed, answered]);
  const isThere = useRef(true);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    isThere.current = true;
    return () => {
      isThere.current = false;
      for (const timer of running) clearTimeout(timer);
    };
  }, []);
  const released = useRef(onRelease);
  useEffect(() => {
    released.current = onRelease;
  });
  return {
    sessions,
    hold: (session) => setAnswered((before) => new Map(before).set(session.id, session)),
    type: (session, on) =>
      setTyped((before) => (on ? new Map(before).set(session.id, session) : without(before, session.id))),
    settle(id, progress) {
      // Nothing was sent: it is where it was, and so is the keyboard.
      if (progress.kind === 'refused') return setAnswered((before) => without(before, id));
      // Another screen has its rows now.
      if (!isThere.current) return;
      const timer = setTimeout(() => {
        timers.current.delete(timer);
        released.current?.(id);
        setAnswered((before) => without(before, id));
      }, shown);
      timers.current.add(timer);
    },
  };
}

function without(sessions: ReadonlyMap<string, SessionView>, id: string): ReadonlyMap<string, SessionView> {
  const others = new Map(sessions);
  others.delete(id);
  return others;
}
