// What is known of a terminal besides its bytes: when it printed, rang, sent a notice and was typed in, and its title.
import { goesOnAfter, settlesAfter } from '#shared/domain/activity.ts';
import type { TerminalStatus } from '#shared/domain/terminal-status.ts';
import { cleanTitle, type Seen } from './scanner.ts';
import { isTyped } from './typed.ts';

type Facts = Pick<
  TerminalStatus,
  | 'lastOutputAt'
  | 'outputSince'
  | 'busyAt'
  | 'bellAt'
  | 'noticeAt'
  | 'notice'
  | 'inputAt'
  | 'title'
  | 'worksAt'
  | 'restsAt'
>;

export class TerminalSignals {
  readonly #facts: { -readonly [Name in keyof Facts]: Facts[Name] } = {
    ...{ lastOutputAt: null, outputSince: null, busyAt: null },
    ...{ bellAt: null, noticeAt: null, notice: null, inputAt: null, title: null, worksAt: null, restsAt: null },
  };

  /** As they are now; they do not change afterwards. */
  get facts(): Facts {
    return { ...this.#facts };
  }

  printed(now: number): void {
    const facts = this.#facts;
    const pause = now - (facts.lastOutputAt ?? 0);
    // Less than nothing: the clock was put back, and a stretch of the future would never be a long one.
    if (facts.outputSince === null || pause < 0 || pause >= settlesAfter) facts.outputSince = now;
    if (now - facts.outputSince > goesOnAfter) facts.busyAt = now;
    facts.lastOutputAt = now;
  }

  saw(seen: Exclude<Seen, { kind: 'query' }>, now: number): void {
    if (seen.kind === 'bell') this.#facts.bellAt = now;
    else if (seen.kind === 'title') this.#facts.title = cleanTitle(seen.text);
    else if (seen.kind === 'notice') this.#noticed(cleanTitle(seen.text), now);
    else this.#facts[seen.kind === 'works' ? 'worksAt' : 'restsAt'] = now;
  }

  /** False when the bytes are nothing but what an emulator sends by itself. */
  typed(bytes: Uint8Array, now: number): boolean {
    if (!isTyped(bytes)) return false;
    this.#facts.inputAt = now;
    return true;
  }

  #noticed(notice: string, now: number): void {
    if (notice === '') return;
    this.#facts.notice = notice;
    this.#facts.noticeAt = now;
  }
}
