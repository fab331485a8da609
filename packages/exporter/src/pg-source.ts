import { version, type Family } from '@pgattest/runtime';
import { mergeInTurns, type InstanceScraper } from './instance.ts';
import type { Merged } from './merge.ts';
import { answersFrom } from './report-answers.ts';
import type { InstanceReport } from './scrape-report.ts';
import { selfFamilies, selfMetricNames } from './self-families.ts';
import type { Collected, ExporterSource } from './source-api.ts';
import type { TlsState } from './tls-families.ts';

/** A server as the shell sees it, and how the exporter speaks of itself. */
export interface PgSourceOptions {
  readonly scraper: InstanceScraper;
  /** The last report that has settled. */
  readonly latest: () => InstanceReport | undefined;
  /** First word of the self metrics' names. */
  readonly namespace: string;
  readonly hasSelfMetrics: boolean;
  readonly startedMs: number;
  /** Of the server of /metrics; nobody looks at those of /probe. */
  readonly tls?: () => TlsState;
}

/** A scraper of one server as a source. */
export function createPgSource(options: PgSourceOptions): ExporterSource {
  const { scraper, latest, namespace, hasSelfMetrics } = options;
  const shown = new WeakMap<Merged, Collected>();
  const selfOf = (report: InstanceReport, budgetMs: number): readonly Family[] =>
    selfFamilies(report, {
      namespace,
      build: buildLabels(),
      uptimeSeconds: (performance.now() - options.startedMs) / 1000,
      budgetSeconds: budgetMs / 1000,
      ...(options.tls === undefined ? {} : { tls: options.tls() }),
    });
  const collectedOf = (merged: Merged): Collected => {
    const known = shown.get(merged) ?? {
      families: hasSelfMetrics ? withoutSelf(merged.families, namespace) : merged.families,
    };
    shown.set(merged, known);
    return known;
  };
  return {
    async scrape(patience) {
      const report = await scraper.scrape(patience);
      if (report === undefined) return undefined;
      const self = hasSelfMetrics ? selfOf(report, patience.budgetMs) : [];
      const merged = report.merged ?? (await mergeInTurns([report.main, ...report.databases]));
      return { self, collected: collectedOf(merged) };
    },
    ...answersFrom(scraper, latest),
  };
}

/** A collector of a user may not speak in the exporter's name. */
function withoutSelf(families: readonly Family[], namespace: string): readonly Family[] {
  const ours = selfMetricNames(namespace);
  return families.filter(({ name }) => !ours.has(name));
}

/** The contract's labels; what Go calls its names is what the exporter we replace puts there. */
export function buildLabels(): Readonly<Record<string, string>> {
  return {
    version,
    revision: '',
    branch: '',
    builddate: '',
    goversion: `node${process.versions.node}`,
    goos: process.platform,
    goarch: process.arch,
  };
}
