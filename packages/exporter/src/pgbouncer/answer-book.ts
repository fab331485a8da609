import { pgbouncerCollectors, type AnyCollector } from '@pgattest/catalog';
import type { ResultSet } from '@pgattest/connect';
import {
  afterFailure,
  afterReplay,
  afterSuccess,
  decide,
  newRecord,
  staleResult,
  type CollectorRecord,
} from '../cache.ts';
import { failureOf, type Failure } from '../failure.ts';
import type { PlannedCollector } from '../plan.ts';
import { rowsToFamilies, type ConversionRules } from '../rows.ts';
import type { CollectorReport } from '../scrape-report.ts';
import { deadlineFailure } from '../scrape.ts';
import { fitToAnswer } from './fit.ts';
import { nowOf } from './session-views.ts';
import { unknownSamples, type UnknownSample } from './unknown-columns.ts';
import { fieldsOf, type ViewLimits } from './view.ts';
import { views } from './views.ts';

/** How answers become samples. */
export interface AnswerRules {
  readonly limits: ViewLimits;
  /** Of collectors of users. */
  readonly conversion: ConversionRules;
  /** Show numeric columns that no collector knows. */
  readonly showsUnknown: boolean;
}

interface Moment {
  readonly atMs: number;
  readonly durationMs: number;
}

/** What every collector last had to show, and how it went. */
export interface AnswerBook {
  hasToRun(
    one: PlannedCollector,
    slackMs: number,
    nowMs: number,
    how: { readonly mustRun: boolean; readonly isFatal: boolean },
  ): boolean;
  /** An answer of a command, for all who read it. A collector that cannot read it fails alone. */
  read(
    command: string,
    answer: ResultSet,
    readers: readonly PlannedCollector[],
    moment: Moment & { readonly wallMs: number },
  ): void;
  fail(readers: readonly PlannedCollector[], failure: Failure, moment: Moment): void;
  /** Why the collector fails; undefined when its last run succeeded. */
  failureOf(name: string): Failure | undefined;
  report(
    one: PlannedCollector,
    nowMs: number,
    state: { readonly isFinished: boolean; readonly isStarted: boolean; readonly isServerUp: boolean },
  ): CollectorReport;
  /** Combinations of labels not shown one by one, by name of the collector. */
  readonly collapsed: ReadonlyMap<string, number>;
  /** Numeric columns nobody knows, of the last answer of each command. */
  readonly unknown: readonly UnknownSample[];
  forget(): void;
}

const builtIn: ReadonlySet<AnyCollector> = new Set(pgbouncerCollectors);

/** An empty book. */
export function createAnswerBook(rules: AnswerRules): AnswerBook {
  const records = new Map<string, CollectorRecord>();
  const collapsed = new Map<string, number>();
  const unknown = new Map<string, readonly UnknownSample[]>();
  /** Clock of PgBouncer, in its own zone, less ours. */
  let clockOffsetMs: number | undefined;

  const recordOf = (name: string): CollectorRecord => records.get(name) ?? newRecord;
  const fail = (one: PlannedCollector, failure: Failure, { atMs, durationMs }: Moment): void => {
    const attempt = { atMs, durationMs, ttlMs: one.collector.cacheSeconds * 1000 };
    records.set(one.name, afterFailure(recordOf(one.name), failure, attempt));
  };
  const convert = (one: PlannedCollector, answer: ResultSet, wallMs: number) => {
    if (!builtIn.has(one.collector)) return rowsToFamilies(one.collector, one.variant, answer, rules.conversion);
    const nowMs = clockOffsetMs === undefined ? undefined : wallMs + clockOffsetMs;
    const view = views.get(one.collector.id);
    const viewed = view?.(answer, { limits: rules.limits, nowMs }) ?? { result: answer };
    if (viewed.collapsed !== undefined) collapsed.set(one.name, viewed.collapsed);
    const { collector, variant } = fitToAnswer(one.collector, one.variant, viewed.result);
    return rowsToFamilies(collector, variant, viewed.result, { ...rules.conversion, omitsNull: true });
  };

  return {
    hasToRun(one, slackMs, nowMs, { mustRun, isFatal }) {
      const record = recordOf(one.name);
      const decision = decide(record, one.collector.cacheSeconds * 1000, slackMs, nowMs);
      if (decision === 'run' || mustRun || (isFatal && decision === 'wait')) return true;
      records.set(one.name, afterReplay(record, decision));
      return false;
    },
    read(command, answer, readers, moment) {
      if (command === 'SHOW CLIENTS') {
        const nowMs = nowOf(fieldsOf(answer));
        clockOffsetMs = nowMs === undefined ? undefined : nowMs - moment.wallMs;
      }
      if (rules.showsUnknown) unknown.set(command, unknownSamples(command, answer));
      for (const one of readers) {
        try {
          const conversion = convert(one, answer, moment.wallMs);
          const good = { atMs: moment.atMs, ...conversion };
          records.set(one.name, afterSuccess(recordOf(one.name), good, moment.durationMs));
        } catch (error) {
          fail(one, failureOf(error), moment);
        }
      }
    },
    fail(readers, failure, moment) {
      for (const one of readers) fail(one, failure, moment);
    },
    failureOf: (name) => recordOf(name).failed?.failure,
    report({ name: id, collector, variant }, nowMs, { isFinished, isStarted, isServerUp }) {
      const ttlMs = collector.cacheSeconds * 1000;
      const record = recordOf(id);
      const base = { id, branch: variant.branch, ttlMs, hasPredicates: false, record };
      const wasAsked = isFinished || isServerUp;
      if (!wasAsked) return { ...base, wasAsked, shown: undefined, isStale: false, failure: undefined };
      const failure = isFinished ? record.failed?.failure : deadlineFailure(isStarted ? 'timeout' : 'not_run');
      const shown = failure === undefined ? record.good : staleResult(record, ttlMs, nowMs);
      return { ...base, wasAsked, shown, isStale: failure !== undefined && shown !== undefined, failure };
    },
    collapsed,
    get unknown() {
      return [...unknown.values()].flat();
    },
    forget() {
      for (const [name, record] of records) records.set(name, { ...record, good: undefined, failed: undefined });
      unknown.clear();
    },
  };
}
