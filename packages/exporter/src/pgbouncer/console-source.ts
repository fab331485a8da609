import {
  pgbouncerConsoleMetrics,
  pgbouncerProcessMetrics,
  pgbouncerSelfMetrics,
  type MetricRef,
} from '@pgattest/catalog';
import type { Family } from '@pgattest/runtime';
import { mergeInTurns } from '../instance.ts';
import type { Merged } from '../merge.ts';
import { buildLabels } from '../pg-source.ts';
import { answersFrom } from '../report-answers.ts';
import type { InstanceReport } from '../scrape-report.ts';
import { selfFamilies, selfMetricNames } from '../self-families.ts';
import type { Collected, ExporterSource } from '../source-api.ts';
import type { TlsState } from '../tls-families.ts';
import { consoleFamilies } from './console-families.ts';
import { pgbouncerProcessFamilies } from './process-families.ts';
import type { PgbouncerCore } from './start.ts';

/** A PgBouncer as the shell sees it, and how the exporter speaks of itself. */
export interface ConsoleSourceOptions {
  readonly core: PgbouncerCore;
  readonly namespace: string;
  readonly hasSelfMetrics: boolean;
  readonly startedMs: number;
  /** Of the PgBouncer of /metrics; nobody looks at those of /probe. */
  readonly tls?: () => TlsState;
  readonly pidFile?: string;
}

/** A scraper of one PgBouncer as a source. */
export function createConsoleSource(options: ConsoleSourceOptions): ExporterSource {
  const { core, namespace, hasSelfMetrics, pidFile } = options;
  const { scraper, keeper, latest } = core;
  const shown = new WeakMap<Merged, Collected>();
  const reserved = reservedNames(namespace);
  const selfOf = (report: InstanceReport, budgetMs: number): readonly Family[] => [
    ...selfFamilies(report, {
      namespace,
      build: buildLabels(),
      uptimeSeconds: (performance.now() - options.startedMs) / 1000,
      budgetSeconds: budgetMs / 1000,
      ...(options.tls === undefined ? {} : { tls: options.tls() }),
      // A pooler has no role that could be unknown.
    }).filter(({ name }) => name !== `${namespace}_role_known`),
    ...consoleFamilies({
      console: keeper.current,
      sessionsOpened: keeper.opened,
      commands: scraper.commands,
      collapsed: scraper.book.collapsed,
      unknown: scraper.book.unknown,
      nowMs: Date.now(),
    }),
  ];
  const collectedOf = (merged: Merged): Collected => {
    const known = shown.get(merged) ?? { families: merged.families.filter(({ name }) => !reserved.has(name)) };
    shown.set(merged, known);
    return known;
  };
  return {
    async scrape(patience) {
      const report = await scraper.scrape(patience);
      if (report === undefined) return undefined;
      const self = hasSelfMetrics ? selfOf(report, patience.budgetMs) : [];
      const process = pidFile === undefined ? [] : await pgbouncerProcessFamilies(pidFile);
      const merged = report.merged ?? (await mergeInTurns([report.main]));
      return { self: [...self, ...process], collected: collectedOf(merged) };
    },
    ...answersFrom(scraper, latest),
  };
}

/** A collector of a user may not speak in the exporter's name. */
function reservedNames(namespace: string): ReadonlySet<string> {
  const own = [
    ...namesOf(pgbouncerSelfMetrics),
    ...namesOf(pgbouncerConsoleMetrics),
    ...namesOf(pgbouncerProcessMetrics),
  ];
  return new Set([...selfMetricNames(namespace), ...own]);
}

function namesOf(metrics: Readonly<Record<string, MetricRef>>): readonly string[] {
  return Object.values(metrics).map(({ name }) => name);
}
