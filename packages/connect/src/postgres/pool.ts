import { abortedError, firstOf, onAbort, settleWithin, untilAborted } from '../deadline.ts';
import { ConnectError } from '../errors.ts';
import { nameOfTarget } from './describe.ts';
import type { PgSession, PgTarget, SessionOptions } from './session-api.ts';
import type { SessionGate } from './session-gate.ts';
import { openPgSession, type PooledPgSession } from './session.ts';

export interface PgPoolOptions {
  /** A function is asked anew for every session, so that a password file changed meanwhile counts. */
  readonly target: PgTarget | (() => Promise<PgTarget>);
  readonly options: SessionOptions;
  /** Most sessions at a time, borrowed and idle together. */
  readonly max: number;
  /** Age at which a session is replaced, give or take a tenth, so that they do not all go at once. */
  readonly maxAgeMs: number;
  /** How long an unused session is kept. */
  readonly idleMs: number;
  /** Bounds this pool and others together. */
  readonly gate?: SessionGate;
  /** Unused sessions that are kept although another pool of the gate waits for one; 0. */
  readonly keepIdle?: number;
}

/** A bounded set of sessions on one target; opened when needed, dropped when broken, old, idle or left in a transaction. */
export interface PgPool {
  /** Lends a session while `fn` runs; waiting for one ends with the signal. Errors: those of openPgSession and of `fn`. */
  use<T>(signal: AbortSignal, fn: (session: PgSession) => Promise<T>): Promise<T>;
  /** Sessions that exist, are being opened or are being closed. */
  readonly open: number;
  /**
   * Ends idle sessions now and borrowed ones when they are given back: what follows uses new ones. Settles when the idle
   * ones are gone.
   */
  renew(): Promise<void>;
  /** Refuses new borrowers, gives running ones 2 s, then cancels their queries; nothing is left open. */
  close(): Promise<void>;
}

const drainMs = 2000;

interface Entry {
  readonly session: PooledPgSession;
  readonly expiresMs: number;
  readonly generation: number;
  idleTimer: NodeJS.Timeout | undefined;
}

interface Waiter {
  readonly grant: () => void;
  readonly refuse: (error: ConnectError) => void;
}

/** Makes a pool; connects nothing yet. */
export function createPgPool(poolOptions: PgPoolOptions): PgPool {
  const { target, options, max, maxAgeMs, idleMs, gate, keepIdle = 0 } = poolOptions;
  let name = typeof target === 'function' ? 'the server' : nameOfTarget(target);
  const idle: Entry[] = [];
  const borrowed = new Set<Entry>();
  const waiters: Waiter[] = [];
  const endings = new Set<Promise<void>>();
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  let slots = max;
  let opening = 0;
  let generation = 0;

  const closedError = (): ConnectError => new ConnectError('aborted', `the connection pool of ${name} is closed`);

  const acquireSlot = async (signal: AbortSignal): Promise<void> => {
    if (closing.signal.aborted) throw closedError();
    if (signal.aborted) throw abortedError(signal, `no session on ${name}`);
    if (slots > 0) {
      slots -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        const index = waiters.indexOf(waiter);
        if (index !== -1) waiters.splice(index, 1);
        forget();
      };
      const waiter: Waiter = {
        grant: () => {
          leave();
          resolve();
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const forget = onAbort(signal, () => {
        waiter.refuse(abortedError(signal, `no session on ${name}, all ${max} are in use`));
      });
      waiters.push(waiter);
    });
  };

  const releaseSlot = (): void => {
    const [next] = waiters;
    if (next === undefined) slots += 1;
    else next.grant();
  };

  const end = (entry: Entry): Promise<void> => {
    clearTimeout(entry.idleTimer);
    const ending = entry.session.close();
    endings.add(ending);
    return ending.finally(() => {
      endings.delete(ending);
      gate?.leave();
    });
  };

  const takeBackOffer = gate?.offer(() => {
    const entry = idle.length > keepIdle ? idle.shift() : undefined;
    if (entry !== undefined) void end(entry);
    return entry !== undefined;
  });

  const isReusable = ({ session, expiresMs, generation: made }: Entry): boolean =>
    session.usable &&
    !session.inTransaction &&
    performance.now() < expiresMs &&
    made === generation &&
    !closing.signal.aborted;
  const isWantedElsewhere = (): boolean => gate?.isContended === true && idle.length >= keepIdle;

  const open = async (signal: AbortSignal): Promise<Entry> => {
    await gate?.enter(signal, () => abortedError(signal, `no session on ${name}, all are in use`));
    const made = generation;
    try {
      const resolved = typeof target === 'function' ? await target() : target;
      name = nameOfTarget(resolved);
      const session = await openPgSession(resolved, options, signal);
      const jitter = 0.9 + Math.random() * 0.2;
      return { session, expiresMs: performance.now() + maxAgeMs * jitter, generation: made, idleTimer: undefined };
    } catch (error) {
      gate?.leave();
      throw error;
    }
  };

  const take = async (signal: AbortSignal): Promise<Entry> => {
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.idleTimer);
      if (isReusable(entry)) return entry;
      await untilAborted(end(entry), signal, `no session on ${name}`);
    }
    opening += 1;
    const either = firstOf(signal, closing.signal);
    try {
      return await open(either.signal);
    } finally {
      either.release();
      opening -= 1;
    }
  };

  const keep = (entry: Entry): void => {
    idle.push(entry);
    // An idle session must not keep the process alive.
    entry.idleTimer = setTimeout(() => {
      const index = idle.indexOf(entry);
      if (index !== -1) idle.splice(index, 1);
      void end(entry);
    }, idleMs).unref();
  };

  const giveBack = (entry: Entry): void => {
    borrowed.delete(entry);
    if (isReusable(entry) && !isWantedElsewhere()) {
      keep(entry);
      releaseSlot();
      return;
    }
    // The borrower does not wait for a hung server to be left, but nobody takes its place before that.
    void end(entry).finally(releaseSlot);
  };

  const borrow = async (signal: AbortSignal): Promise<Entry> => {
    await acquireSlot(signal);
    try {
      const entry = await take(signal);
      borrowed.add(entry);
      return entry;
    } catch (error) {
      releaseSlot();
      throw error;
    }
  };

  const lend = async <T>(signal: AbortSignal, fn: (session: PgSession) => Promise<T>): Promise<T> => {
    const entry = await borrow(signal);
    try {
      return await fn(entry.session);
    } finally {
      giveBack(entry);
    }
  };

  return {
    async use(signal, fn) {
      const lending = lend(signal, fn);
      running.add(lending);
      try {
        return await lending;
      } finally {
        running.delete(lending);
      }
    },
    get open() {
      return idle.length + borrowed.size + opening + endings.size;
    },
    async renew() {
      generation += 1;
      await Promise.all(idle.splice(0).map(end));
    },
    async close() {
      closing.abort(closedError());
      takeBackOffer?.();
      for (const waiter of waiters.splice(0)) waiter.refuse(closedError());
      await Promise.all(idle.splice(0).map(end));
      await settleWithin(Promise.allSettled(running), drainMs);
      await Promise.all([...borrowed].map(end));
      await Promise.all(endings);
    },
  };
}
