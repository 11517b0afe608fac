// What a person notes on a session: that it stays on top, out of sight, or silent. Nothing is ended or removed by it.
import type { Mute } from '#shared/domain/mute.ts';
import type { Problem } from '#shared/domain/problem.ts';
import type { SnoozeEnd } from '#shared/domain/snooze.ts';
import { fail, ok, type Result } from '#shared/lib/result.ts';
import { clearMark, setMark } from '../storage/marks.ts';
import { getSession } from '../storage/sessions.ts';
import type { SessionDependencies } from './dependencies.ts';
import { unknownSession } from './session-record.ts';

/** Also of one whose record is damaged. Set anew, a mark is as old as its last setting. */
export async function markSession(
  { store }: SessionDependencies,
  { id, mark, on }: { readonly id: string; readonly mark: 'pin' | 'archive' | 'read'; readonly on: boolean },
): Promise<Result<null, Problem<'session-unknown'>>> {
  return store.write(`session: ${mark}`, (tx) => {
    if (getSession(tx, id) === null) return fail(unknownSession(id));
    if (on) setMark(tx, { session: id, mark, value: true });
    else clearMark(tx, id, mark);
    return ok(null);
  });
}

/** @param until null: it is in the queue again */
export async function snoozeSession(
  { store }: SessionDependencies,
  { id, until }: { readonly id: string; readonly until: SnoozeEnd | null },
): Promise<Result<null, Problem<'session-unknown'>>> {
  return store.write('session: snooze', (tx) => {
    if (getSession(tx, id) === null) return fail(unknownSession(id));
    if (until === null) clearMark(tx, id, 'snooze');
    else setMark(tx, { session: id, mark: 'snooze', value: until });
    return ok(null);
  });
}

/** @param mute null: it is told of again */
export async function muteSession(
  { store }: SessionDependencies,
  { id, mute }: { readonly id: string; readonly mute: Mute | null },
): Promise<Result<null, Problem<'session-unknown'>>> {
  return store.write('session: mute', (tx) => {
    if (getSession(tx, id) === null) return fail(unknownSession(id));
    if (mute === null) clearMark(tx, id, 'mute');
    else setMark(tx, { session: id, mark: 'mute', value: mute });
    return ok(null);
  });
}
