import * as common from '@grafana/grafana-foundation-sdk/common';
import * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as stateTimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { Dashboard, Variable } from '../grafana/dashboard.ts';
import { type Placed, placePanels } from '../grafana/layout.ts';
import type { Panel } from '../grafana/panel.ts';
import { grafanaUnit } from '../grafana/unit.ts';

const dataSource = { type: 'prometheus', uid: '${ds}' };
type AnyPanelBuilder = timeseries.PanelBuilder | stat.PanelBuilder | table.PanelBuilder | stateTimeline.PanelBuilder;

function describe({ description, thresholds = [] }: Panel): string {
  return [description, ...thresholds.map(({ why }) => why)].join('\n\n');
}

function unitOf(panel: Panel): string {
  const unit = panel.unit ?? panel.queries[0]?.expr.reads[0]?.unit;
  if (unit === undefined) throw new Error(`panel "${panel.title}" reads no metric and names no unit`);
  return grafanaUnit[unit];
}

function thresholdsOf({ thresholds = [] }: Panel): sdk.ThresholdsConfigBuilder {
  return new sdk.ThresholdsConfigBuilder()
    .mode(sdk.ThresholdsMode.Absolute)
    .steps([{ value: null, color: 'green' }, ...thresholds.map(({ value, colour }) => ({ value, color: colour }))]);
}

function mappingsOf({ words }: Panel): sdk.ValueMapping[] {
  if (words === undefined) return [];
  const options = Object.fromEntries(
    Object.entries(words).map(([value, { text, colour }], index) => [value, { text, color: colour, index }]),
  );
  return [{ type: sdk.MappingType.ValueToText, options }];
}

const typedBuilders: Readonly<Record<Panel['type'], (panel: Panel) => AnyPanelBuilder>> = {
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
  stat: () =>
    new stat.PanelBuilder()
      .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
      .colorMode(common.BigValueColorMode.Background),
  table: ({ columns = {} }) => {
    const names = Object.keys(columns);
    return new table.PanelBuilder().withTransformation({
      id: 'organize',
      options: {
        includeByName: Object.fromEntries(names.map((name) => [name, true])),
        indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
        renameByName: columns,
      },
    });
  },
  'state-timeline': () => new stateTimeline.PanelBuilder().showValue(common.VisibilityMode.Never).mergeValues(true),
};

function renderPanel({ panel, x, y, w, h }: Placed, id: number): AnyPanelBuilder {
  const instant = panel.type === 'table' || panel.type === 'stat';
  const builder = typedBuilders[panel.type](panel)
    .id(id)
    .title(panel.title)
    .description(describe(panel))
    .datasource(dataSource)
    .gridPos({ x, y, w, h })
    .unit(unitOf(panel))
    .noValue(panel.empty)
    .thresholds(thresholdsOf(panel))
    .mappings(mappingsOf(panel));
  for (const [index, { expr, legend }] of panel.queries.entries()) {
    const query = new prometheus.DataqueryBuilder()
      .refId(String.fromCodePoint(65 + index))
      .datasource(dataSource)
      .expr(expr.text)
      .legendFormat(legend);
    if (instant) query.instant();
    else query.range();
    if (panel.type === 'table') query.format(prometheus.PromQueryFormat.Table);
    builder.withTarget(query);
  }
  return builder;
}

function renderVariable({ name, label, query, multi }: Variable): sdk.QueryVariableBuilder {
  // oxlint-disable unicorn/no-array-sort -- the builder's sort order, not an array's
  return new sdk.QueryVariableBuilder(name)
    .label(label)
    .datasource(dataSource)
    .query(query)
    .refresh(sdk.VariableRefresh.OnTimeRangeChanged)
    .sort(sdk.VariableSort.NaturalAsc)
    .multi(multi)
    .includeAll(multi);
}

/** Grafana dashboard JSON (schema of Grafana 10-12) with a data-source variable that defaults to `ds-prometheus`. */
export function renderDashboard(spec: Dashboard): string {
  const builder = new sdk.DashboardBuilder(spec.title)
    .uid(spec.uid)
    .description(spec.description)
    .tags([...spec.tags])
    .timezone('browser')
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .tooltip(sdk.DashboardCursorSync.Crosshair)
    .readonly()
    .withVariable(
      new sdk.DatasourceVariableBuilder('ds')
        .label('Data source')
        .type('prometheus')
        .current({ selected: true, text: 'ds-prometheus', value: 'ds-prometheus' }),
    );
  for (const variable of spec.variables) builder.withVariable(renderVariable(variable));
  let id = 0;
  let top = 0;
  for (const { title, panels } of spec.rows) {
    builder.withRow(new sdk.RowBuilder(title).id((id += 1)).gridPos({ x: 0, y: top, w: 24, h: 1 }));
    const { placed, bottom } = placePanels(panels, top + 1);
    for (const one of placed) builder.withPanel(renderPanel(one, (id += 1)));
    top = bottom;
  }
  return `${JSON.stringify(builder.build(), undefined, 2)}\n`;
}
