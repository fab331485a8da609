import type { ProbeTargets } from './probe-targets.ts';
import type { ExporterSource } from './source-api.ts';

/** Sources by name, each with sessions and caches of its own. */
export interface Prober {
  /** Source of a target; undefined when there is none of that name. Errors: config_invalid for its text. */
  find(name: string): Promise<ExporterSource | undefined>;
  /** Forgets every result, so that the next scrapes read everything anew. */
  forget(): void;
  close(): Promise<void>;
}

interface Probed {
  readonly target: string;
  readonly source: Promise<ExporterSource>;
  usedMs: number;
}

/** A target nobody asked for this long loses its sessions and caches. */
const forgetAfterMs = 300_000;

/** Makes sources when they are first asked for; `open` makes one of the text of a target. */
export function createProber(targets: ProbeTargets, open: (target: string) => Promise<ExporterSource>): Prober {
  const probed = new Map<string, Probed>();
  const closing = new Set<Promise<void>>();

  const drop = (name: string, { source }: Probed): void => {
    probed.delete(name);
    const ended = source
      .then((one) => one.close())
      .catch(() => undefined)
      .finally(() => closing.delete(ended));
    closing.add(ended);
  };
  const dropUnused = (current: ReadonlyMap<string, string>, nowMs: number): void => {
    for (const [name, one] of probed) {
      if (current.get(name) !== one.target || nowMs - one.usedMs > forgetAfterMs) drop(name, one);
    }
  };

  return {
    async find(name) {
      const current = await targets.current();
      const nowMs = performance.now();
      dropUnused(current, nowMs);
      const target = current.get(name);
      if (target === undefined) return undefined;
      const known = probed.get(name);
      if (known !== undefined) {
        known.usedMs = nowMs;
        return known.source;
      }
      const made: Probed = { target, source: open(target), usedMs: nowMs };
      probed.set(name, made);
      try {
        return await made.source;
      } catch (error) {
        if (probed.get(name) === made) probed.delete(name);
        throw error;
      }
    },
    forget() {
      for (const { source } of probed.values()) {
        // One that could not be made has been reported to whoever asked for it.
        void source.then((one) => one.forget()).catch(() => undefined);
      }
    },
    async close() {
      for (const [name, one] of probed) drop(name, one);
      await Promise.all(closing);
    },
  };
}
