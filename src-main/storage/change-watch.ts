// Tells listeners that the change feed has grown: once per process, by the doorbell and one slow check.
import { monotonic } from '../lib/monotonic.ts';
import { Emitter } from '#shared/lib/emitter.ts';
import { watchDoorbell } from './doorbell.ts';
import type { DoorbellWatch } from './doorbell.ts';

/** Milliseconds. The one timer of the process for this; for rings that got lost. */
const safetyPeriod = 2000;
/** Milliseconds between two looks, so that a burst of rings costs a few. */
const restBetweenLooks = 15;

export interface ChangeSource {
  readonly doorbell: string;
  /** Number of the latest change. Null when the database can't be read just now. */
  lastChange(): number | null;
  /** `PRAGMA data_version`: differs when another connection has committed. Null as above. */
  dataVersion(): number | null;
}

export class ChangeWatch {
  readonly #source: ChangeSource;
  readonly #changed = new Emitter<void>();
  #listeners = 0;
  #seen: number | null = null;
  #dataVersion: number | null = null;
  #bell: DoorbellWatch | null = null;
  #safety: NodeJS.Timeout | null = null;
  #look: NodeJS.Timeout | null = null;
  #lookedAt = 0;

  constructor(source: ChangeSource) {
    this.#source = source;
  }

  /** Nothing is watched while nobody listens. */
  onChange(listener: () => void): () => void {
    const stop = this.#changed.on(listener);
    this.#listeners += 1;
    if (this.#listeners === 1) this.#start();
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      stop();
      this.#listeners -= 1;
      if (this.#listeners === 0) this.close();
    };
  }

  /** Something may have changed: looks soon, and reports if so. */
  suspect(): void {
    if (this.#listeners === 0 || this.#look !== null) return;
    const wait = Math.max(0, this.#lookedAt + restBetweenLooks - monotonic());
    this.#look = setTimeout(() => this.#lookNow(), wait).unref();
  }

  close(): void {
    this.#bell?.close();
    if (this.#safety !== null) clearInterval(this.#safety);
    if (this.#look !== null) clearTimeout(this.#look);
    this.#bell = this.#safety = this.#look = null;
  }

  #start(): void {
    // Watch first, then note where the feed stands: what comes in between is reported once too often, never missed.
    this.#bell = watchDoorbell(this.#source.doorbell, () => this.suspect());
    this.#safety = setInterval(() => this.#checkSafely(), safetyPeriod).unref();
    this.#dataVersion = this.#source.dataVersion();
    this.#seen = this.#source.lastChange();
  }

  #checkSafely(): void {
    this.#bell?.renew();
    const version = this.#source.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.suspect();
  }

  #lookNow(): void {
    this.#look = null;
    this.#lookedAt = monotonic();
    const seq = this.#source.lastChange();
    if (seq === null || seq === this.#seen) return;
    this.#seen = seq;
    this.#changed.emit();
  }
}
