// Electron's shape of a port in the main program; the other end is in a page.
import { EventEmitter } from 'node:events';

export type WireData = { readonly bytes: string } | { readonly json: unknown };
export interface PortMessage {
  readonly port: number;
  readonly kind: 'message' | 'close';
  readonly data?: WireData;
}

export class StandInPort extends EventEmitter {
  readonly id: number;
  readonly #send: (message: PortMessage) => void;
  #waiting: unknown[] | null = [];
  #isClosed = false;

  constructor(id: number, send: (message: PortMessage) => void) {
    super();
    this.id = id;
    this.#send = send;
  }

  postMessage(message: unknown): void {
    if (this.#isClosed) return;
    const data = message instanceof Uint8Array ? { bytes: Buffer.from(message).toString('base64') } : { json: message };
    this.#send({ port: this.id, kind: 'message', data });
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const data of waiting) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#send({ port: this.id, kind: 'close' });
    this.closed();
  }

  received(data: WireData): void {
    const value = 'bytes' in data ? new Uint8Array(Buffer.from(data.bytes, 'base64')) : data.json;
    if (this.#waiting === null) this.emit('message', { data: value, ports: [] });
    else this.#waiting.push(value);
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.emit('close');
  }
}
