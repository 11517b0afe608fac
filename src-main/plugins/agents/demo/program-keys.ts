// Turns the bytes of a terminal into keys; without a terminal, lines into text and Enter.
import { StringDecoder } from 'node:string_decoder';
import type { ReadStream } from 'node:tty';

export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'up' | 'down' | 'enter' | 'backspace' | 'clear' | 'escape' | 'interrupt' | 'end' };

type Asker = (key: Key) => void;

/** Milliseconds after which a lone ESC is the Escape key and not the start of a sequence. */
const escapeDelay = 40;
/** Keys. */
const typedAhead = 10_000;
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

const single: Readonly<Record<string, Key['kind']>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x15': 'clear',
  '\x03': 'interrupt',
  '\x04': 'end',
};
const sequences: Readonly<Record<string, Key['kind']>> = {
  '\x1b[A': 'up',
  '\x1bOA': 'up',
  '\x1b[B': 'down',
  '\x1bOB': 'down',
};

export class KeyReader {
  readonly #input: ReadStream;
  readonly #interrupts = new Set<() => void>();
  #asker: Asker | null = null;
  /** What was typed while nobody asked. */
  #ahead: Key[] = [];
  #ended = false;
  readonly #decoder = new StringDecoder('utf8');
  #pending = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(input: ReadStream) {
    this.#input = input;
  }

  start(): void {
    if (this.#input.isTTY) this.#input.setRawMode(true);
    this.#input.on('data', (chunk: Buffer) => this.#push(this.#decoder.write(chunk)));
    for (const event of ['end', 'error'])
      this.#input.on(event, () => {
        // Nobody is left to talk to: every further question is answered with this.
        this.#ended = true;
        this.#emit({ kind: 'end' });
      });
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#input.isTTY) this.#input.setRawMode(false);
    this.#input.pause();
  }

  interrupt(): void {
    this.#emit({ kind: 'interrupt' });
  }

  /** Called on Ctrl+C and Escape while nothing is asked; returns the way to stop. */
  onInterrupt(listener: () => void): () => void {
    this.#interrupts.add(listener);
    return () => this.#interrupts.delete(listener);
  }

  /**
   * Hands keys to `answer` until it returns something. A question that came up just now must not be answered by an Enter
   * typed before it was seen: then what was typed ahead in a terminal is dropped.
   */
  async ask<T>(answer: (key: Key) => T | null, { dropTyped = false } = {}): Promise<T> {
    if (dropTyped && this.#input.isTTY) this.#ahead = [];
    const { promise, resolve } = Promise.withResolvers<T>();
    this.#asker = (key) => {
      const value = answer(key);
      if (value === null) return;
      this.#asker = null;
      resolve(value);
    };
    const ahead = this.#ahead;
    this.#ahead = [];
    for (const key of this.#ended ? [...ahead, { kind: 'end' } as const] : ahead) this.#emit(key);
    return await promise;
  }

  #emit(key: Key): void {
    if (this.#asker !== null) this.#asker(key);
    else if (key.kind === 'interrupt' || key.kind === 'escape') for (const listener of this.#interrupts) listener();
    else if (this.#ahead.length < typedAhead) this.#ahead.push(key);
  }

  #push(text: string): void {
    clearTimeout(this.#timer);
    this.#pending += text;
    for (let taken = this.#take(); taken > 0; taken = this.#take()) this.#pending = this.#pending.slice(taken);
    if (this.#pending === '\x1b')
      this.#timer = setTimeout(() => {
        this.#pending = '';
        this.#emit({ kind: 'escape' });
      }, escapeDelay);
  }

  /** Handles one key at the front; returns its length, 0 when more must come first. */
  #take(): number {
    const text = this.#pending;
    if (text === '') return 0;
    if (text.startsWith(pasteStart)) return this.#takePaste(text);
    if (text.startsWith('\x1b')) return this.#takeSequence(text);
    const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
    const kind = single[character];
    if (kind !== undefined && kind !== 'text') this.#emit({ kind });
    else if (character >= ' ' || character === '\t') this.#emit({ kind: 'text', text: character });
    return character.length;
  }

  /** A paste is text whatever is in it: its line ends send nothing. */
  #takePaste(text: string): number {
    const end = text.indexOf(pasteEnd);
    if (end < 0) return 0;
    const pasted = text.slice(pasteStart.length, end).replaceAll(/\p{Cc}+/gu, ' ');
    this.#emit({ kind: 'text', text: pasted });
    return end + pasteEnd.length;
  }

  #takeSequence(text: string): number {
    // eslint-disable-next-line no-control-regex -- keys are control sequences
    const sequence = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^[O])/su.exec(text)?.[0];
    if (sequence === undefined) return 0;
    const kind = sequences[sequence];
    if (kind !== undefined && kind !== 'text') this.#emit({ kind });
    return sequence.length;
  }
}
