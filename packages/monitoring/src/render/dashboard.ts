import * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dashboard, Variable } from '../grafana/dashboard.ts';
import { placePanels } from '../grafana/layout.ts';
import { dataSource, renderPanel } from './panel.ts';
import { defaultView, exprIn, labelIn, wordsIn, type DashboardView } from './view.ts';

/** What Grafana's variable editor calls a query: `label_values(pg_up, cls)`. */
export function variableQuery({ source: { metric, label } }: Variable, view: DashboardView): string {
  const selector = 'ref' in metric ? exprIn(view, metric) : metric.name;
  return `label_values(${selector}, ${labelIn(view, label)})`;
}

function renderVariable(variable: Variable, view: DashboardView): sdk.QueryVariableBuilder {
  const { name, label, multi } = variable;
  const builder = new sdk.QueryVariableBuilder(name)
    .label(wordsIn(view, label))
    .datasource(dataSource)
    .query(variableQuery(variable, view))
    .refresh(sdk.VariableRefresh.OnTimeRangeChanged)
    // oxlint-disable-next-line unicorn/no-array-sort -- the builder's sort order, not an array's
    .sort(sdk.VariableSort.NaturalAsc)
    .multi(multi)
    .includeAll(multi);
  // Without a value of its own a dashboard opened for the first time would show the first member only.
  return multi ? builder.current({ selected: true, text: ['All'], value: ['$__all'] }) : builder;
}

/** Grafana dashboard JSON (schema of Grafana 10-12) with a data source variable. */
export function renderDashboard(spec: Dashboard, view: DashboardView = defaultView): string {
  const builder = new sdk.DashboardBuilder(wordsIn(view, spec.title))
    .uid(spec.uid)
    .description(wordsIn(view, spec.description))
    .tags([...spec.tags])
    .timezone('browser')
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .tooltip(sdk.DashboardCursorSync.Crosshair)
    .readonly()
    .link(
      new sdk.DashboardLinkBuilder('pgattest')
        .type(sdk.DashboardLinkType.Dashboards)
        .tags(['pgattest'])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    )
    .withVariable(
      new sdk.DatasourceVariableBuilder('ds')
        .label(view.language === 'zh' ? '数据源' : 'Data source')
        .type('prometheus')
        .current({ selected: true, text: view.dataSource, value: view.dataSource }),
    );
  for (const variable of spec.variables) builder.withVariable(renderVariable(variable, view));
  let id = 0;
  let top = 0;
  for (const { title, panels, isCollapsed } of spec.rows) {
    const row = new sdk.RowBuilder(wordsIn(view, title))
      .id((id += 1))
      .gridPos({ x: 0, y: top, w: 24, h: 1 })
      .collapsed(isCollapsed);
    const { placed, bottom } = placePanels(panels, top + 1);
    const built = placed.map((one) => renderPanel(one, (id += 1), spec, view));
    if (isCollapsed) for (const panel of built) row.withPanel(panel);
    builder.withRow(row);
    if (!isCollapsed) for (const panel of built) builder.withPanel(panel);
    top = isCollapsed ? top + 1 : bottom;
  }
  return `${JSON.stringify(builder.build(), undefined, 2)}\n`;
}
