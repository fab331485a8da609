import { ConnectError, type PgbouncerConsole, type ResultSet } from '@pgattest/connect';

/** How to keep a session. */
export interface ConsoleKeeperOptions {
  readonly open: (signal: AbortSignal) => Promise<PgbouncerConsole>;
  /** Never goes back, milliseconds. */
  readonly now: () => number;
}

/** Keeps one session on a console and opens another when it is lost, at growing intervals while that fails. */
export interface ConsoleKeeper {
  /** The open session; undefined when there is none. */
  readonly current: PgbouncerConsole | undefined;
  /** Sessions opened so far. */
  readonly opened: number;
  /** True when the session was there before this call, so that its loss says nothing about PgBouncer. */
  ensure(signal: AbortSignal): Promise<{ readonly console: PgbouncerConsole; readonly isOld: boolean }>;
  show(command: string, options: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<ResultSet>;
  /** Closes the session; the next call opens another at once. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

const firstWaitMs = 250;
const longestWaitMs = 5_000;
/** A refused login is not tried often: PgBouncer logs each one, and accounts may be locked. */
const longestRefusedWaitMs = 15_000;

/** Opens nothing yet. Errors of `ensure` and `show`: those of opening and of SHOW; while waiting, the last one again. */
export function createConsoleKeeper({ open, now }: ConsoleKeeperOptions): ConsoleKeeper {
  let current: PgbouncerConsole | undefined;
  let opening: Promise<PgbouncerConsole> | undefined;
  let opened = 0;
  let failures = 0;
  let failure: { readonly error: unknown; readonly retryAtMs: number } | undefined;
  let isClosed = false;

  const openNow = async (signal: AbortSignal): Promise<PgbouncerConsole> => {
    try {
      const made = await open(signal);
      opened += 1;
      failures = 0;
      failure = undefined;
      if (isClosed) {
        await made.close();
        throw new ConnectError('aborted', 'the exporter stops');
      }
      current = made;
      return made;
    } catch (error) {
      // What ended because its caller went away says nothing about PgBouncer.
      if (!signal.aborted) {
        failures += 1;
        failure = { error, retryAtMs: now() + waitMs(error, failures) };
      }
      throw error;
    }
  };
  const drop = async (): Promise<void> => {
    const closing = current;
    current = undefined;
    await closing?.close();
  };

  const ensure: ConsoleKeeper['ensure'] = async (signal) => {
    if (current?.usable === true) return { console: current, isOld: true };
    await drop();
    if (failure !== undefined && now() < failure.retryAtMs) throw failure.error;
    opening ??= openNow(signal).finally(() => {
      opening = undefined;
    });
    return { console: await opening, isOld: false };
  };

  return {
    get current() {
      return current?.usable === true ? current : undefined;
    },
    get opened() {
      return opened;
    },
    ensure,
    async show(command, options) {
      const { console } = await ensure(options.signal);
      return console.show(command, options);
    },
    async renew() {
      // What is being opened now may still be the old one.
      await opening?.catch(() => undefined);
      failure = undefined;
      failures = 0;
      await drop();
    },
    async close() {
      isClosed = true;
      await drop();
      await opening?.catch(() => undefined);
    },
  };
}

function waitMs(error: unknown, failures: number): number {
  const isRefused = error instanceof ConnectError && ['auth_failed', 'permission_denied'].includes(error.code);
  const most = isRefused ? longestRefusedWaitMs : longestWaitMs;
  return Math.min(most, firstWaitMs * 2 ** Math.min(failures - 1, 10));
}
