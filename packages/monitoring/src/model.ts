import type { Expr, MetricDef, MetricRef } from '@pgattest/catalog';
import type { Site } from './site/site.ts';

/** User text of an alert: English and Chinese, with Prometheus template variables. */
export interface AlertText {
  readonly en: string;
  readonly zh: string;
}

export type AlertSeverity = 'critical' | 'warning' | 'info';

export interface Alert {
  /** Component and what is wrong: `PostgresNoPrimary`. Equals the file name in kebab case. */
  readonly name: string;
  readonly severity: AlertSeverity;
  /** How long the expression must hold, as Prometheus spells it: `30s`, `0s`. */
  readonly for: string;
  readonly expr: Expr;
  /** Labels that survive the aggregation of `expr`; the only ones the texts may mention. */
  readonly labels: readonly string[];
  /** One line: what is wrong, on what. */
  readonly summary: AlertText;
  /** What it means for data and service. */
  readonly description: AlertText;
  /** What an operator does, step by step, with the commands; the first step is the annotation `action`. */
  readonly runbook: readonly string[];
  /** What must be scraped beyond the stack of this repository, for the reference. */
  readonly needs?: string;
}

/** An alert, or one that depends on the site: undefined where the site has nothing it could watch. */
export type AlertDefinition = Alert | ((site: Site) => Alert | undefined);

export const defineAlert = (alert: Alert): Alert => Object.freeze(alert);

/** An alert whose limits, targets or words come from the site. */
export const defineAlertFor = <Defined extends Alert | undefined>(
  build: (site: Site) => Defined,
): ((site: Site) => Defined) => build;

/** Alerts about one part of the stack. */
export interface AlertGroup {
  /** Also the file: `rules/pgattest-alerts-<name>.yml`. */
  readonly name: string;
  /** One line for the reference. */
  readonly about: string;
  /** Value of the label `category`, by which Pigsty's routes and panels tell layers apart. */
  readonly category: 'pgsql' | 'etcd' | 'node';
  readonly interval: string;
  /** Uid of the dashboard to open first. */
  readonly dashboard: string;
  readonly alerts: readonly AlertDefinition[];
}

/** A recorded series: usable in other expressions like any metric. */
export interface RecordingRule extends MetricRef {
  readonly expr: Expr;
}

export function defineRecording<const Name extends string, const Label extends string>(
  name: Name,
  rule: MetricDef & { readonly labels: readonly Label[]; readonly expr: Expr },
): MetricRef<Name, Label> & { readonly expr: Expr } {
  return Object.freeze({ ...rule, name });
}

export interface RuleGroup {
  /** Also the file: `rules/<name>.yml`. */
  readonly name: string;
  readonly interval: string;
  readonly recordings: readonly RecordingRule[];
  readonly alerts: readonly Alert[];
  /** For groups with alerts. */
  readonly of?: Pick<AlertGroup, 'about' | 'category' | 'dashboard'>;
}
