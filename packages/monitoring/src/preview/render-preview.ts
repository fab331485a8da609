import { dashboards as allDashboards } from '../dashboards/index.ts';
import type { Dashboard } from '../grafana/dashboard.ts';
import type { Panel } from '../grafana/panel.ts';
import { prometheusApi } from '../panel-data/prometheus-api.ts';
import { resolveVariables } from '../panel-data/variables.ts';
import { defaultView, type DashboardView } from '../render/view.ts';
import { previewPage } from './page.ts';
import { answerPanel, type PanelAnswers } from './panel-answers.ts';

export interface PreviewOptions {
  /** Base URL of a Prometheus-compatible server. */
  readonly url: string;
  readonly signal: AbortSignal;
  readonly theme: 'light' | 'dark';
  readonly variables?: Readonly<Record<string, string>>;
  readonly dashboards?: readonly Dashboard[];
  readonly view?: DashboardView;
  readonly windowSeconds?: number;
  /** Unix time of the present; the clock's, if left out. */
  readonly now?: number;
}

/** A page for each dashboard, from the data of a server. What it does not answer is said on the page. */
export async function renderPreview(
  options: PreviewOptions,
): Promise<readonly { readonly name: string; readonly page: string }[]> {
  const { url, signal, theme, variables = {}, dashboards = allDashboards, view = defaultView } = options;
  const api = prometheusApi(url, signal);
  const windowSeconds = options.windowSeconds ?? 1800;
  const end = Math.floor(options.now ?? Date.now() / 1000);
  const range = { start: end - windowSeconds, end, step: Math.max(1, Math.round(windowSeconds / 200)) };
  const pages: { readonly name: string; readonly page: string }[] = [];
  for (const spec of dashboards) {
    const chosen = await resolveVariables(spec, api, variables, range, view);
    const answers = new Map<Panel, PanelAnswers>();
    for (const panel of spec.rows.flatMap(({ panels }) => panels)) {
      answers.set(panel, await answerPanel(panel, api, range, chosen, view));
    }
    const facts = { range, variables: chosen.values, theme, source: url };
    pages.push({ name: `${spec.uid}.html`, page: previewPage(spec, answers, facts, view) });
  }
  return pages;
}
