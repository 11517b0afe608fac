// Port: one API of a model's vendor. Reads what an agent sends into one common form, and puts an answer into its events.
import type { Said } from './answer.ts';

export interface ModelMessage {
  /** `tool`: what a tool gave back. */
  readonly role: 'system' | 'person' | 'model' | 'tool';
  readonly text: string;
}

/** What an agent sent, in a form that all APIs have in common. */
export interface ModelRequest {
  readonly model: string;
  readonly instructions: string;
  /** Names of the tools that the model may call. An agent's own asides (a title for the session, a check) have none. */
  readonly tools: readonly string[];
  readonly messages: readonly ModelMessage[];
  /** Else the answer is one JSON text. */
  readonly streams: boolean;
}

export interface ServerEvent {
  readonly event?: string;
  readonly data: unknown;
}

export interface Streamed {
  readonly head: readonly ServerEvent[];
  /** One for each piece of the text. */
  readonly pieces: readonly ServerEvent[];
  readonly tail: readonly ServerEvent[];
}

export interface Dialect {
  readonly name: string;
  /** Does this path ask the model for an answer? */
  asks(path: string): boolean;
  read(body: unknown, path: string): ModelRequest;
  stream(said: Said, request: ModelRequest): Streamed;
  whole(said: Said, request: ModelRequest): unknown;
}
