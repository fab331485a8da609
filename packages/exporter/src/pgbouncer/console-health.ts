import type { HealthState } from '../health-state.ts';
import type { ConsoleScraper } from './console-scraper.ts';
import type { ConsoleKeeper } from './console-keeper.ts';
import type { InstanceReport } from '../scrape-report.ts';

/** How to watch a console. */
export interface ConsoleHealthOptions {
  readonly keeper: ConsoleKeeper;
  readonly scraper: ConsoleScraper;
  readonly intervalMs: number;
  /** Deadline of one question. */
  readonly timeoutMs: number;
  readonly onChange: (state: HealthState, before: HealthState) => void;
}

/** Watches one PgBouncer in the background, on the session of the scrapes. */
export interface ConsoleHealth {
  readonly state: HealthState;
  /** A scrape knows better than the last question. */
  note(report: InstanceReport): void;
  close(): Promise<void>;
}

/** Asks SHOW VERSION at every interval at which no scrape runs, from now until closed. PgBouncer is `primary` when up. */
export function startConsoleHealth(options: ConsoleHealthOptions): ConsoleHealth {
  const closing = new AbortController();
  let state: HealthState = 'unknown';
  let timer: NodeJS.Timeout | undefined;

  const set = (next: HealthState): void => {
    if (next === state || closing.signal.aborted) return;
    const before = state;
    state = next;
    options.onChange(next, before);
  };
  const ask = async (): Promise<void> => {
    if (options.scraper.isBusy) return;
    const { keeper, timeoutMs } = options;
    try {
      // A session that was kept may have died with a PgBouncer that is back by now.
      const { isOld } = await keeper.ensure(closing.signal);
      const question = { signal: closing.signal, timeoutMs };
      await keeper
        .show('SHOW VERSION', question)
        .catch((error: unknown) =>
          isOld && !closing.signal.aborted ? keeper.show('SHOW VERSION', question) : Promise.reject(error),
        );
      set('primary');
    } catch {
      set('down');
    }
  };
  let asking = Promise.resolve();
  const turn = (): void => {
    asking = ask().then(() => {
      if (!closing.signal.aborted) timer = setTimeout(turn, options.intervalMs);
      return undefined;
    });
  };
  turn();

  return {
    get state() {
      return state;
    },
    note({ main }) {
      if (main.isUp) set('primary');
      else if (main.failure !== undefined && main.failure.class !== 'not_run') set('down');
    },
    async close() {
      closing.abort();
      clearTimeout(timer);
      await asking;
    },
  };
}
