import { useEffect, useRef, useState } from 'react';
import { useApp } from '../app-context.tsx';

/** Milliseconds after the last key until the text is saved with the host. */
const draftPause = 1000;

/**
 * Keeps the unfinished text with the host, and brings back what was there when the dialog was last left.
 * @param restore called with the text of the last time, if there is one and none was given to start with
 */
export function useDraft(
  text: string,
  given: boolean,
  restore: (text: string) => void,
): { readonly saved: boolean; clear(): void } {
  const { connection } = useApp();
  const [saved, setSaved] = useState(false);
  const known = useRef<string | null>(null);
  const started = useRef(false);

  useEffect(() => {
    if (given || started.current) return;
    started.current = true;
    void connection.call('draft.get', {}).then((draft) => {
      if (!draft.ok || draft.value.text === null) return;
      known.current = draft.value.text;
      restore(draft.value.text);
      setSaved(true);
    });
  }, [connection, given, restore]);

  useEffect(() => {
    if (text === (known.current ?? '')) return undefined;
    setSaved(false);
    const timer = setTimeout(() => {
      const wanted = text === '' ? null : text;
      void connection.call('draft.set', { text: wanted }).then(({ ok }) => {
        if (!ok) return;
        known.current = wanted;
        setSaved(wanted !== null);
      });
    }, draftPause);
    return () => clearTimeout(timer);
  }, [connection, text]);

  return { saved, clear: () => void connection.call('draft.set', { text: null }) };
}
