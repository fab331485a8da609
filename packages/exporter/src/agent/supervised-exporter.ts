import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { formatListenAddress, RuntimeError, type Logger } from '@pgattest/runtime';
import type { ServedExporter } from '../source-api.ts';

/** One exporter of the agent: kept serving, whatever happens to it or to the others. */
export interface SupervisedExporter {
  readonly name: string;
  /** Resolves when it serves for the first time. Rejects with what its user must mend; nothing is retried then. */
  readonly begun: Promise<void>;
  reload(): Promise<void>;
  /** Called for an error that nobody caught and that came from this exporter: it is closed and opened again. */
  restart(error: unknown): void;
  close(): Promise<void>;
}

export interface SupervisedExporterOptions {
  readonly name: string;
  readonly open: () => Promise<ServedExporter>;
  readonly logger: Logger;
  /** Whose error is it? Everything the exporter does runs inside this. */
  readonly owner: AsyncLocalStorage<string>;
  readonly firstRetryMs?: number;
}

const defaultFirstRetryMs = 1000;
const longestRetryMs = 30_000;
/** A port that another program holds may become free; everything else about starting is for a person to mend. */
const isTransient = (error: unknown): boolean => error instanceof RuntimeError && error.code === 'address_in_use';

/** Opens an exporter and keeps it open until `close`. */
export function superviseExporter(options: SupervisedExporterOptions): SupervisedExporter {
  return options.owner.run(options.name, () => new Supervised(options));
}

class Supervised implements SupervisedExporter {
  readonly name: string;
  readonly begun: Promise<void>;
  readonly #options: SupervisedExporterOptions;
  readonly #closing = new AbortController();
  #serving: ServedExporter | undefined;
  #restarts: Promise<void> = Promise.resolve();
  #isRestarting = false;

  constructor(options: SupervisedExporterOptions) {
    this.#options = options;
    this.name = options.name;
    this.begun = this.#open();
  }

  async reload(): Promise<void> {
    await this.#serving?.reload();
  }

  restart(error: unknown): void {
    if (this.#isRestarting || this.#closing.signal.aborted) return;
    this.#isRestarting = true;
    const { logger, owner, name } = this.#options;
    logger.error('exporter failed, it is started again', { error });
    this.#restarts = owner.run(name, async () => {
      await this.#shut();
      try {
        // An exporter that fails at once must not become a loop that eats the node.
        await this.#pause(this.#options.firstRetryMs ?? defaultFirstRetryMs);
        await this.#open();
      } catch (reason) {
        if (!this.#closing.signal.aborted) logger.error('exporter stays closed', { error: reason });
      } finally {
        this.#isRestarting = false;
      }
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.begun, this.#restarts]);
    await this.#shut();
  }

  async #shut(): Promise<void> {
    const serving = this.#serving;
    this.#serving = undefined;
    await serving
      ?.close()
      .catch((error: unknown) => this.#options.logger.warn('exporter did not close well', { error }));
  }

  /** Ends early when the agent does. */
  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  async #open(): Promise<void> {
    const { open, logger, firstRetryMs = defaultFirstRetryMs } = this.#options;
    const { signal } = this.#closing;
    for (let waitMs = firstRetryMs; !signal.aborted; waitMs = Math.min(longestRetryMs, waitMs * 2)) {
      try {
        const serving = await open();
        this.#serving = serving;
        logger.info('exporter serves', { addresses: serving.addresses.map(formatListenAddress), tls: serving.isTls });
        return;
      } catch (error) {
        if (!isTransient(error)) throw error;
        logger.error('exporter cannot listen, the others go on', { error, retryInMs: waitMs });
        await this.#pause(waitMs);
      }
    }
  }
}
