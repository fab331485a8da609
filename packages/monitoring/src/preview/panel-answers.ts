import { queriesOf, type Panel } from '../grafana/panel.ts';
import { isRanged } from '../panel-data/check-panel-data.ts';
import type { PrometheusApi, Range, Series } from '../panel-data/prometheus-api.ts';
import { fillQuery, type VariableValues } from '../panel-data/variables.ts';
import { exprIn, legendIn, type DashboardView } from '../render/view.ts';

/** A series with the name its legend gives it. */
export interface Line {
  readonly name: string;
  readonly points: Series['points'];
}

/** What the queries of a panel gave, in their order, and why one gave nothing. */
export interface PanelAnswers {
  readonly answers: readonly (readonly Series[])[];
  readonly lines: readonly Line[];
  readonly error: string | undefined;
}

const natural = new Intl.Collator('en', { numeric: true });

/** Legend template with the labels of a series. */
export const legendText = (template: string, labels: Series['labels']): string =>
  template.replaceAll(/\{\{(\w+)\}\}/gu, (_, label: string) => labels[label] ?? '');

/** Runs the queries of a panel. */
export async function answerPanel(
  panel: Panel,
  api: PrometheusApi,
  range: Range,
  { values }: VariableValues,
  view: DashboardView,
): Promise<PanelAnswers> {
  const answers: (readonly Series[])[] = [];
  const lines: Line[] = [];
  let error: string | undefined;
  for (const { expr: template, legend } of queriesOf(panel)) {
    const expr = fillQuery(exprIn(view, template), values, `${Math.max(60, range.step * 4)}s`);
    const answer = isRanged(panel) ? await api.queryRange(expr, range) : await api.query(expr, range.end);
    if (!answer.ok) error = answer.reason;
    const series = answer.ok ? answer.series : [];
    answers.push(series);
    lines.push(
      ...series
        .map(({ labels, points }) => ({ name: legendText(legendIn(view, legend), labels), points }))
        .toSorted((a, b) => natural.compare(a.name, b.name)),
    );
  }
  return { answers, lines, error };
}
