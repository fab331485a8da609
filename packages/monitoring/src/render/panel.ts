import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as stateTimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { Dashboard } from '../grafana/dashboard.ts';
import type { Placed } from '../grafana/layout.ts';
import { reasonOf } from '../grafana/limit.ts';
import { panelLink } from '../grafana/link.ts';
import { queriesOf, stylesOf, type Chart, type Panel } from '../grafana/panel.ts';
import { isJudged, mappingsOf, thresholdsOf, unitOf } from './field.ts';
import { matrixBuilder, tableBuilder } from './table.ts';
import { exprIn, legendIn, urlIn, wordsIn, type DashboardView } from './view.ts';

/** The data source variable of every dashboard. */
export const dataSource = { type: 'prometheus', uid: '${ds}' };

type AnyBuilder =
  | timeseries.PanelBuilder
  | stat.PanelBuilder
  | table.PanelBuilder
  | stateTimeline.PanelBuilder
  | bargauge.PanelBuilder
  | heatmap.PanelBuilder;

const lastValue = (): common.ReduceDataOptionsBuilder =>
  new common.ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']);

const chartBuilders: Readonly<Record<Chart['type'], (panel: Chart) => AnyBuilder>> = {
  timeseries: ({ thresholds }) =>
    new timeseries.PanelBuilder()
      .legend(new common.VizLegendOptionsBuilder().showLegend(true).displayMode(common.LegendDisplayMode.List))
      .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi))
      .fillOpacity(10)
      .thresholdsStyle(
        new common.GraphThresholdsStyleConfigBuilder().mode(
          thresholds === undefined ? common.GraphThresholdsStyleMode.Off : common.GraphThresholdsStyleMode.Dashed,
        ),
      ),
  stat: (panel) =>
    new stat.PanelBuilder()
      .reduceOptions(lastValue())
      .graphMode(common.BigValueGraphMode.None)
      .colorMode(isJudged(panel) ? common.BigValueColorMode.Background : common.BigValueColorMode.None),
  'state-timeline': () =>
    new stateTimeline.PanelBuilder().showValue(common.VisibilityMode.Auto).mergeValues(true).rowHeight(0.85),
  bargauge: () =>
    new bargauge.PanelBuilder()
      .reduceOptions(lastValue())
      .orientation(common.VizOrientation.Horizontal)
      .displayMode(common.BarGaugeDisplayMode.Basic)
      .showUnfilled(true),
  heatmap: (panel) =>
    new heatmap.PanelBuilder()
      .calculate(false)
      .cellGap(1)
      .yAxis(new heatmap.YAxisConfigBuilder().unit(unitOf(panel, undefined)))
      .color(
        new heatmap.HeatmapColorOptionsBuilder().mode(heatmap.HeatmapColorMode.Scheme).scheme('Oranges').steps(32),
      ),
};

/** Whether the panel asks for the present only. */
const isInstant = ({ type }: Panel): boolean => !['timeseries', 'state-timeline', 'heatmap'].includes(type);

/** The description and, one to a paragraph, why each limit is where it is. */
export function describe(panel: Panel, view: DashboardView): string {
  const reasons = stylesOf(panel).flatMap(({ thresholds = [] }) =>
    thresholds.map((one) => reasonOf(one, view.site, view.language)),
  );
  return [wordsIn(view, panel.description), ...reasons].join('\n\n');
}

function typedBuilder(panel: Panel, here: Dashboard, view: DashboardView): AnyBuilder {
  if (panel.type === 'table') return tableBuilder(panel, here, view);
  const builder = panel.type === 'matrix' ? matrixBuilder(panel, view) : chartBuilders[panel.type](panel);
  const expr = queriesOf(panel)[0]?.expr;
  const steps = thresholdsOf(panel, view);
  builder
    .unit(unitOf(panel, expr))
    .thresholds(new sdk.ThresholdsConfigBuilder().mode(steps.mode).steps(steps.steps))
    .mappings(mappingsOf(panel, view));
  if (panel.type !== 'matrix' && panel.max !== undefined) builder.min(0).max(panel.max);
  return builder;
}

/** One panel as Grafana's foundation SDK builds it. */
export function renderPanel(
  { panel, x, y, w, h }: Placed,
  id: number,
  here: Dashboard,
  view: DashboardView,
): AnyBuilder {
  const link = panelLink(panel, here);
  const builder = typedBuilder(panel, here, view)
    .id(id)
    .title(wordsIn(view, panel.title))
    .description(describe(panel, view))
    .datasource(dataSource)
    .gridPos({ x, y, w, h })
    .noValue(wordsIn(view, panel.empty))
    .dataLinks([new sdk.DashboardLinkBuilder(link.uid).url(urlIn(view, link.url))]);
  for (const [index, { expr, legend }] of queriesOf(panel).entries()) {
    const query = new prometheus.DataqueryBuilder()
      .refId(String.fromCodePoint(65 + index))
      .datasource(dataSource)
      .expr(exprIn(view, expr))
      .legendFormat(legendIn(view, legend));
    if (isInstant(panel)) query.instant();
    else query.range();
    if (panel.type === 'table' || panel.type === 'matrix') query.format(prometheus.PromQueryFormat.Table);
    if (panel.type === 'heatmap') query.format(prometheus.PromQueryFormat.Heatmap);
    builder.withTarget(query);
  }
  return builder;
}
