// Who looks at a terminal: its viewers, the one of them that has the lease, and when they get what was printed.
import type { AttachOptions } from '#shared/domain/terminal-spec.ts';
import { terminalSizeSchema, type TerminalSize } from '#shared/domain/terminal.ts';
import { outputLimit, Viewer, type Lane, type ViewerSource } from './viewer.ts';

/** Milliseconds between frames to viewers under output; the first bytes after silence go at once, and whole frames when they are full. */
const coalescing = 5;

export interface AudienceOptions {
  readonly source: ViewerSource;
  readonly resize: (size: TerminalSize) => void;
  /** Somebody came, went, or took the lease. */
  readonly pressureChanged: () => void;
}

export class Audience {
  readonly #options: AudienceOptions;
  readonly #viewers = new Set<Viewer>();
  #lease: Viewer | null = null;
  #timer: NodeJS.Timeout | null = null;
  #unsent = 0;

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#viewers.size === 0;
  }

  get hasLease(): boolean {
    return this.#lease !== null;
  }

  /** True while the terminal should wait for the one that has the lease. */
  get holdsUp(): boolean {
    return this.#lease?.holdsUp ?? false;
  }

  /** Frames begin after this call returns. The lease is taken where the replay ends. */
  attach(options: AttachOptions, lane: Lane): Viewer {
    const viewer = new Viewer(this.#options.source, lane);
    this.#viewers.add(viewer);
    setImmediate(() => void this.#begin(viewer, options));
    return viewer;
  }

  detach(viewer: Viewer): void {
    viewer.close();
    this.#viewers.delete(viewer);
    if (this.#lease === viewer) this.#lease = null;
    this.#options.pressureChanged();
  }

  /** The newest request wins; the loser is told at that place of the stream. */
  takeLease(viewer: Viewer): void {
    if (this.#lease === viewer || !this.#viewers.has(viewer)) return;
    this.#lease?.markLease(false);
    this.#lease = viewer;
    viewer.markLease(true);
    if (viewer.wantedSize !== null) this.#options.resize(viewer.wantedSize);
    this.#options.pressureChanged();
  }

  giveLease(viewer: Viewer): void {
    if (this.#lease !== viewer) return;
    this.#lease = null;
    viewer.markLease(false);
    this.#options.pressureChanged();
  }

  /** Only the lease holder's size counts, or anybody's while there is none. */
  requestSize(viewer: Viewer, { cols, rows }: TerminalSize): void {
    const size = terminalSizeSchema.parse({ cols: clamp(cols, 2, 1000), rows: clamp(rows, 1, 1000) });
    viewer.wantedSize = size;
    if (this.#lease === null || this.#lease === viewer) this.#options.resize(size);
  }

  /** So many bytes more are in the ring. */
  printed(bytes: number): void {
    this.#unsent += bytes;
    if (this.isEmpty) return;
    if (this.#timer === null) {
      this.send();
      this.#timer = setTimeout(() => this.#coalesced(), coalescing);
    } else if (this.#unsent >= outputLimit) {
      // Never 0: a viewer that stands elsewhere has a rest that the timer has to send.
      this.#unsent = Math.max(1, this.#unsent % outputLimit);
      for (const viewer of this.#viewers) viewer.pump(outputLimit);
    }
  }

  /** All that there is, now. */
  send(): void {
    this.#unsent = 0;
    for (const viewer of this.#viewers) viewer.pump();
  }

  async #begin(viewer: Viewer, { from, lease }: AttachOptions): Promise<void> {
    await viewer.start(from);
    if (lease) this.takeLease(viewer);
  }

  #coalesced(): void {
    this.#timer = null;
    if (this.#unsent === 0 || this.isEmpty) return;
    this.send();
    this.#timer = setTimeout(() => this.#coalesced(), coalescing);
  }
}

const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(Math.trunc(value) || least, least), most);
