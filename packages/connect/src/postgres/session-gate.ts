import { onAbort } from '../deadline.ts';
import type { ConnectError } from '../errors.ts';

/** Bounds the sessions of several pools together: those borrowed, idle, being opened and being closed. */
export interface SessionGate {
  /** Waits until one more session may exist. Rejects with what `refusal` makes when the signal aborts. */
  enter(signal: AbortSignal, refusal: () => ConnectError): Promise<void>;
  /** A session is gone. */
  leave(): void;
  /** True while somebody waits: a session that is not needed is then better closed than kept. */
  readonly isContended: boolean;
  /** Offers a way to close one idle session; the result takes the offer back. */
  offer(closeOneIdle: () => boolean): () => void;
}

/** Makes a gate for at most `max` sessions; whoever came first is served first. */
export function createSessionGate(max: number): SessionGate {
  const waiters: (() => void)[] = [];
  const offers = new Set<() => boolean>();
  let existing = 0;

  return {
    async enter(signal, refusal) {
      if (signal.aborted) throw refusal();
      if (existing < max && waiters.length === 0) {
        existing += 1;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const grant = (): void => {
          forget();
          resolve();
        };
        const forget = onAbort(signal, () => {
          const index = waiters.indexOf(grant);
          if (index !== -1) waiters.splice(index, 1);
          reject(refusal());
        });
        waiters.push(grant);
        for (const closeOneIdle of offers) if (closeOneIdle()) break;
      });
    },
    leave() {
      const next = waiters.shift();
      if (next === undefined) existing -= 1;
      else next();
    },
    get isContended() {
      return waiters.length > 0;
    },
    offer(closeOneIdle) {
      offers.add(closeOneIdle);
      return () => offers.delete(closeOneIdle);
    },
  };
}
