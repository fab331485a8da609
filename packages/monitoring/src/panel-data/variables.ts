import type { Dashboard, Variable } from '../grafana/dashboard.ts';
import { exprIn, labelIn, type DashboardView } from '../render/view.ts';
import type { PrometheusApi, Range } from './prometheus-api.ts';

/** Values of the variables of a dashboard as Grafana writes them into a query, or why one has none. */
export interface VariableValues {
  readonly values: Readonly<Record<string, string>>;
  /** Reason by name of the variable. */
  readonly missing: Readonly<Record<string, string>>;
}

/** Escapes what a regular expression would read as more than text, as Grafana does for variables with several values. */
const escapeValue = (value: string): string => value.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\\$&`);

/** Several values as one regular expression; one value as it is. */
export const joinValues = (values: readonly string[]): string =>
  values.length === 1 ? (values[0] ?? '') : `(${values.map(escapeValue).join('|')})`;

/** Puts values and a rate interval into a query; variables without a value stay. */
export function fillQuery(text: string, values: Readonly<Record<string, string>>, rateInterval: string): string {
  return text
    .replaceAll('$__rate_interval', rateInterval)
    .replaceAll(/\$([a-z]\w*)/gu, (whole, name: string) => values[name] ?? whole);
}

/**
 * Asks for the values of each variable, in order, as a later one may depend on an earlier one. A single one takes what
 * `chosen` says, or the first; one for several takes all.
 */
export async function resolveVariables(
  { variables }: Pick<Dashboard, 'variables'>,
  api: PrometheusApi,
  chosen: Readonly<Record<string, string>>,
  range: Range,
  view: DashboardView,
): Promise<VariableValues> {
  const values: Record<string, string> = {};
  const missing: Record<string, string> = {};
  for (const variable of variables) {
    const given = chosen[variable.name];
    if (given !== undefined) {
      values[variable.name] = given;
      continue;
    }
    const selector = fillQuery(selectorOf(variable, view), values, '1m');
    const found = await api.labelValues(labelIn(view, variable.source.label), selector, range);
    if (!found.ok) missing[variable.name] = found.reason;
    else if (found.values.length === 0) missing[variable.name] = `${selector} has no label ${variable.source.label}`;
    else values[variable.name] = variable.multi ? joinValues(found.values) : (found.values[0] ?? '');
  }
  return { values, missing };
}

function selectorOf({ source: { metric } }: Variable, view: DashboardView): string {
  return 'ref' in metric ? exprIn(view, metric) : metric.name;
}
