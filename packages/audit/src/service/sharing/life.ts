/**
 * How long a lease is surely alive: from before the renewal was sent, less a tenth for what ends slowly. Counted by two
 * clocks, as one of them stands still while a machine sleeps and the other one can be set.
 */
export class LeaseLife {
  readonly #onEnd: () => void;
  readonly #now: () => Instant;
  #from: Instant | undefined;
  #lengthMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(onEnd: () => void, now: () => Instant = present) {
    this.#onEnd = onEnd;
    this.#now = now;
  }

  /** The moment to give to `renewed`: taken before the request. */
  mark(): Instant {
    return this.#now();
  }

  /** etcd said, in answer to a request sent after `from`, that the lease lives for `ttlMs`. */
  renewed(from: Instant, ttlMs: number): void {
    this.#from = from;
    this.#lengthMs = ttlMs * 0.9;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.end();
      this.#onEnd();
    }, this.#leftMs());
  }

  get isSure(): boolean {
    return this.#leftMs() > 0;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#from = undefined;
  }

  #leftMs(): number {
    if (this.#from === undefined) return 0;
    const { steadyMs, wallMs } = this.#now();
    const passedMs = Math.max(steadyMs - this.#from.steadyMs, wallMs - this.#from.wallMs);
    return Math.max(0, this.#lengthMs - passedMs);
  }
}

/** One moment on both clocks. */
export interface Instant {
  readonly steadyMs: number;
  readonly wallMs: number;
}

const present = (): Instant => ({ steadyMs: performance.now(), wallMs: Date.now() });
