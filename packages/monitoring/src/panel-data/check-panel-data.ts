import { dashboards as allDashboards } from '../dashboards/index.ts';
import type { Dashboard } from '../grafana/dashboard.ts';
import { queriesOf, type Panel } from '../grafana/panel.ts';
import type { Scenario } from '../grafana/scenario.ts';
import { defaultView, exprIn, type DashboardView } from '../render/view.ts';
import { judgeAnswer, type PanelVerdict } from './judge.ts';
import { prometheusApi, type Answer, type PrometheusApi, type Range } from './prometheus-api.ts';
import { fillQuery, resolveVariables } from './variables.ts';

/** One query of one panel and what it came to. */
export interface PanelDataResult {
  readonly dashboard: string;
  readonly row: string;
  readonly panel: string;
  /** Position among the queries of the panel, from 0. */
  readonly query: number;
  /** As it was sent. */
  readonly expr: string;
  /** The scenario that the query is declared for, absent = always. */
  readonly when: Scenario | undefined;
  readonly verdict: PanelVerdict;
  readonly series: number;
  readonly reason: string;
}

export interface PanelDataOptions {
  /** Base URL of a Prometheus-compatible server: `http://127.0.0.1:8428`. */
  readonly url: string;
  readonly signal: AbortSignal;
  /** Values of variables; those not given are asked for as Grafana does. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Scenarios that hold at present: their queries must have data as well. */
  readonly present?: readonly Scenario[];
  readonly dashboards?: readonly Dashboard[];
  readonly view?: DashboardView;
  /** How far back series over time are asked for, in seconds. */
  readonly windowSeconds?: number;
  /** Stands for `$__rate_interval`. */
  readonly rateInterval?: string;
  /** Unix time of the present; the clock's, if left out. */
  readonly now?: number;
}

/** Whether a panel of that kind asks for a range of time. */
export const isRanged = ({ type }: Panel): boolean =>
  type === 'timeseries' || type === 'state-timeline' || type === 'heatmap';

/** Runs every query of every panel against a server and says what each came to. Never throws for what a server does. */
export async function checkPanelData(options: PanelDataOptions): Promise<readonly PanelDataResult[]> {
  const { url, signal, dashboards = allDashboards, windowSeconds = 900 } = options;
  const api = prometheusApi(url, signal);
  const end = options.now ?? Date.now() / 1000;
  const range = { start: end - windowSeconds, end, step: Math.max(1, Math.round(windowSeconds / 60)) };
  const results: PanelDataResult[] = [];
  for (const spec of dashboards) results.push(...(await checkDashboard(spec, api, range, options)));
  return results;
}

async function checkDashboard(
  spec: Dashboard,
  api: PrometheusApi,
  range: Range,
  { variables = {}, present = [], view = defaultView, rateInterval = '1m' }: PanelDataOptions,
): Promise<readonly PanelDataResult[]> {
  const { values, missing } = await resolveVariables(spec, api, variables, range, view);
  const results: PanelDataResult[] = [];
  for (const { title: row, panels } of spec.rows) {
    for (const panel of panels) {
      for (const [query, { expr: template, when }] of queriesOf(panel).entries()) {
        const expr = fillQuery(exprIn(view, template), values, rateInterval);
        const answer = await ask(panel, expr, api, range, missing);
        const judged = judgeAnswer(answer, when, present);
        results.push({ dashboard: spec.uid, row: row.en, panel: panel.title.en, query, expr, when, ...judged });
      }
    }
  }
  return results;
}

async function ask(
  panel: Panel,
  expr: string,
  api: PrometheusApi,
  range: Range,
  missing: Readonly<Record<string, string>>,
): Promise<Answer> {
  // `$1` of label_replace is no variable.
  const unset = Object.keys(missing).find((name) => new RegExp(`\\$${name}\\b`, 'u').test(expr));
  if (unset !== undefined) return { ok: false, reason: `variable $${unset} has no value: ${missing[unset] ?? ''}` };
  return isRanged(panel) ? api.queryRange(expr, range) : api.query(expr, range.end);
}

/** Results that fail a check: nothing where there should be something, or no answer. */
export const failures = (results: readonly PanelDataResult[]): readonly PanelDataResult[] =>
  results.filter(({ verdict }) => verdict === 'empty' || verdict === 'unanswered');
