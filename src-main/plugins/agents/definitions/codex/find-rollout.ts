// Where Codex keeps what it writes down of a thread: in a directory of the day on which it began, by the person's own clock.
import { join } from 'node:path';
import { isReallyInside, listDirectory, probePath } from '../../../../lib/files.ts';
import type { TranscriptLook } from '../../agent.ts';
import { isConversation } from '../transcript-line.ts';

type Look = Pick<TranscriptLook, 'conversation' | 'login'>;

/** Null while there is none; throws when that can't be told. */
export function findRollout({ conversation, login }: Look): string | null {
  const sessions = join(login['CODEX_HOME'] || join(login['HOME'] ?? '', '.codex'), 'sessions');
  if (!isConversation(conversation)) return null;
  for (const day of daysOf(conversation) ?? allDays(sessions)) {
    const directory = join(sessions, day);
    const name = listDirectory(directory).find((file) => file.endsWith(`-${conversation}.jsonl`));
    const path = name === undefined ? null : join(directory, name);
    if (path !== null && probePath(path).kind === 'file' && isReallyInside(path, sessions)) return path;
  }
  return null;
}

const dayLength = 24 * 3_600_000;

/** An id of version 7 begins with its time in milliseconds; the day may be another one where the person is. Null for other ids. */
function daysOf(conversation: string): readonly string[] | null {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/.exec(conversation);
  if (match === null) return null;
  const at = Number.parseInt(`${match[1]}${match[2]}`, 16);
  // What a date can hold.
  if (at > 8.64e15 - dayLength) return null;
  return [0, -1, 1].map((days) => new Date(at + days * dayLength).toISOString().slice(0, 10).replaceAll('-', '/'));
}

/** The newest first. */
const allDays = (sessions: string): readonly string[] =>
  [4, 2, 2]
    .reduce<readonly string[]>(
      (places, digits) =>
        places.flatMap((place) =>
          listDirectory(join(sessions, place))
            .filter((name) => name.length === digits && /^\d+$/.test(name))
            .map((name) => join(place, name)),
        ),
      ['.'],
    )
    .toReversed();
