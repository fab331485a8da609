import * as common from '@grafana/grafana-foundation-sdk/common';
import * as table from '@grafana/grafana-foundation-sdk/table';
import type { Dashboard } from '../grafana/dashboard.ts';
import { columnLink } from '../grafana/link.ts';
import type { Matrix, Table } from '../grafana/panel.ts';
import { isJudged, mappingsOf, thresholdsOf, unitOf } from './field.ts';
import { labelIn, urlIn, wordsIn, type DashboardView } from './view.ts';

const painted: common.TableCellOptions = {
  type: common.TableCellDisplayMode.ColorBackground,
  mode: common.TableCellBackgroundDisplayMode.Basic,
};

/** Grafana's name of the value column of a query: `Value` alone, `Value #A` beside others. */
const valueName = (index: number, count: number): string =>
  count === 1 ? 'Value' : `Value #${String.fromCodePoint(65 + index)}`;

/** A table whose queries are merged over their common labels; columns are kept, ordered and named by `organize`. */
export function tableBuilder(panel: Table, here: Dashboard, view: DashboardView): table.PanelBuilder {
  const { keys, values } = panel;
  const shown = [
    ...Object.entries(keys).map(([label, title]) => [labelIn(view, label), wordsIn(view, title)] as const),
    ...values.flatMap(({ title, isHidden }, index) =>
      isHidden === true ? [] : [[valueName(index, values.length), wordsIn(view, title)] as const],
    ),
  ];
  const builder = new table.PanelBuilder();
  if (values.length > 1) builder.withTransformation({ id: 'merge', options: {} });
  builder.withTransformation({
    id: 'organize',
    options: {
      excludeByName: {},
      includeByName: Object.fromEntries(shown.map(([name]) => [name, true])),
      indexByName: Object.fromEntries(shown.map(([name], index) => [name, index])),
      renameByName: Object.fromEntries(shown),
    },
  });
  for (const [label, title] of Object.entries(keys)) {
    const link = columnLink(label, panel, here);
    if (link !== undefined)
      builder.overrideByName(wordsIn(view, title), [linksProperty(urlIn(view, link.url), title.en)]);
  }
  for (const column of values) {
    if (column.isHidden === true) continue;
    builder.overrideByName(wordsIn(view, column.title), [
      { id: 'unit', value: unitOf(column, column.expr) },
      { id: 'thresholds', value: thresholdsOf(column, view, 'transparent') },
      { id: 'mappings', value: mappingsOf(column, view) },
      ...(isJudged(column) ? [{ id: 'custom.cellOptions', value: painted }] : []),
    ]);
  }
  return builder;
}

/** A grid of one label against another. The corner cell carries no value and no link. */
export function matrixBuilder(panel: Matrix, view: DashboardView): table.PanelBuilder {
  const { rowLabel, columnLabel } = panel;
  const [row, column] = [labelIn(view, rowLabel), labelIn(view, columnLabel)];
  const corner = `${row}\\${column}`;
  return new table.PanelBuilder()
    .withTransformation({
      id: 'groupingToMatrix',
      options: { rowField: row, columnField: column, valueField: 'Value', emptyValue: 'null' },
    })
    .cellOptions(painted)
    .overrideByName(corner, [
      { id: 'custom.cellOptions', value: { type: common.TableCellDisplayMode.Auto } },
      { id: 'links', value: [] },
    ]);
}

const linksProperty = (url: string, title: string): { readonly id: string; readonly value: unknown } => ({
  id: 'links',
  value: [{ title, url }],
});
