import { ConnectError, readTlsEndpoint, type PgTarget } from '@pgattest/connect';
import type { TlsState } from './tls-families.ts';

export interface TlsWatchOptions {
  readonly target: () => Promise<PgTarget>;
  /** Deadline of one handshake, connecting included. */
  readonly timeoutMs: number;
  readonly onChange: (kind: TlsState['kind']) => void;
}

/** Looks at the certificate of a server from time to time, outside every scrape. */
export interface TlsWatch {
  readonly state: TlsState;
  close(): Promise<void>;
}

/** A certificate changes rarely, and a handshake without a login leaves a line in the server's log. */
const everyMs = 300_000;
const retryMs = 60_000;

/** Shakes hands now and every five minutes until closed. */
export function startTlsWatch({ target, timeoutMs, onChange }: TlsWatchOptions): TlsWatch {
  const closing = new AbortController();
  let state: TlsState = { kind: 'unseen' };
  let timer: NodeJS.Timeout | undefined;

  const look = async (): Promise<TlsState> => {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      return { kind: 'seen', endpoint: await readTlsEndpoint(await target(), signal) };
    } catch (error) {
      return { kind: error instanceof ConnectError && error.code === 'unsupported' ? 'none' : 'failed' };
    }
  };
  let looking = Promise.resolve();
  const turn = (): void => {
    looking = look().then((next) => {
      if (closing.signal.aborted) return undefined;
      if (next.kind !== state.kind) onChange(next.kind);
      state = next;
      timer = setTimeout(turn, next.kind === 'failed' ? retryMs : everyMs);
      return undefined;
    });
  };
  turn();

  return {
    get state() {
      return state;
    },
    async close() {
      closing.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}
