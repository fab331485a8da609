import type { Expr, MetricDef, MetricRef } from '@pgattest/catalog';

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
  /** What an operator does first, step by step, with the commands. */
  readonly runbook: readonly string[];
}

export const defineAlert = (alert: Alert): Alert => Object.freeze(alert);

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
}
