import type { InstanceScraper } from './instance.ts';
import type { ProbeTargets } from './probe-targets.ts';

/** Scrapes servers by name, each with sessions and caches of its own. */
export interface Prober {
  /** Scraper of a target; undefined when there is none of that name. Errors: config_invalid for its connection string. */
  find(name: string): Promise<InstanceScraper | undefined>;
  /** Forgets every result, so that the next scrapes read everything anew. */
  forget(): void;
  close(): Promise<void>;
}

interface Probed {
  readonly url: string;
  readonly scraper: Promise<InstanceScraper>;
  usedMs: number;
}

/** A target nobody asked for this long loses its sessions and caches. */
const forgetAfterMs = 300_000;

/** Makes scrapers when they are first asked for; `open` makes one for a connection string. */
export function createProber(targets: ProbeTargets, open: (url: string) => Promise<InstanceScraper>): Prober {
  const probed = new Map<string, Probed>();
  const closing = new Set<Promise<void>>();

  const drop = (name: string, { scraper }: Probed): void => {
    probed.delete(name);
    const ended = scraper
      .then((one) => one.close())
      .catch(() => undefined)
      .finally(() => closing.delete(ended));
    closing.add(ended);
  };
  const dropUnused = (current: ReadonlyMap<string, string>, nowMs: number): void => {
    for (const [name, one] of probed) {
      if (current.get(name) !== one.url || nowMs - one.usedMs > forgetAfterMs) drop(name, one);
    }
  };

  return {
    async find(name) {
      const current = await targets.current();
      const nowMs = performance.now();
      dropUnused(current, nowMs);
      const url = current.get(name);
      if (url === undefined) return undefined;
      const known = probed.get(name);
      if (known !== undefined) {
        known.usedMs = nowMs;
        return known.scraper;
      }
      const made: Probed = { url, scraper: open(url), usedMs: nowMs };
      probed.set(name, made);
      try {
        return await made.scraper;
      } catch (error) {
        if (probed.get(name) === made) probed.delete(name);
        throw error;
      }
    },
    forget() {
      for (const { scraper } of probed.values()) {
        // One that could not be made has been reported to whoever asked for it.
        void scraper.then((one) => one.forget()).catch(() => undefined);
      }
    },
    async close() {
      for (const [name, one] of probed) drop(name, one);
      await Promise.all(closing);
    },
  };
}
