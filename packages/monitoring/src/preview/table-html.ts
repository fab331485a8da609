import { limitOf } from '../grafana/limit.ts';
import type { Matrix, Table, ValueColumn } from '../grafana/panel.ts';
import { wordsIn, type DashboardView } from '../render/view.ts';
import { html, type Html } from './html.ts';
import { lookOf, type Look } from './look.ts';
import type { PanelAnswers } from './panel-answers.ts';

const natural = new Intl.Collator('en', { numeric: true });

/** As in Grafana a cell has a colour only where a limit is reached or a word has one. */
function cellLook(value: number, column: ValueColumn, view: DashboardView): Look {
  const look = lookOf(value, column, column.expr, view);
  const limits = (column.thresholds ?? []).map((one) => limitOf(one, view.site));
  const isBelow = column.words?.[String(value)] === undefined && limits.every((limit) => value < limit);
  return isBelow ? { text: look.text, colour: undefined } : look;
}

/** Queries merged over their labels, a row for each combination. */
export function tableHtml(panel: Table, { answers }: PanelAnswers, view: DashboardView): Html {
  const labels = Object.keys(panel.keys);
  const rows = new Map<string, { readonly labels: readonly string[]; readonly values: Map<number, number> }>();
  for (const [index, series] of answers.entries()) {
    for (const { labels: found, points } of series) {
      const key = labels.map((label) => found[label] ?? '');
      const row = rows.get(key.join('\u0000')) ?? { labels: key, values: new Map<number, number>() };
      row.values.set(index, points.at(-1)?.[1] ?? Number.NaN);
      rows.set(key.join('\u0000'), row);
    }
  }
  const shown = panel.values.flatMap((column, index) => (column.isHidden === true ? [] : [{ column, index }]));
  const head = [...Object.values(panel.keys), ...shown.map(({ column }) => column.title)];
  const sorted = [...rows.values()].toSorted((a, b) => natural.compare(a.labels.join(' '), b.labels.join(' ')));
  return html`<table>
    <thead>
      <tr>
        ${head.map((title) => html`<th>${wordsIn(view, title)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${sorted.map(
        (row) =>
          html`<tr>
            ${row.labels.map((text) => html`<td class="link">${text}</td>`)}${shown.map(({ column, index }) => {
              const value = row.values.get(index);
              if (value === undefined) return html`<td></td>`;
              const look = cellLook(value, column, view);
              return html`<td class="${look.colour === undefined ? '' : `fill ${look.colour}`}">${look.text}</td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A row for each value of one label, a column for each of another. */
export function matrixHtml(panel: Matrix, { answers }: PanelAnswers, view: DashboardView): Html {
  const cells = new Map<string, number>();
  const rows = new Set<string>();
  const columns = new Set<string>();
  for (const { labels, points } of answers.flat()) {
    const [row, column] = [labels[panel.rowLabel] ?? '', labels[panel.columnLabel] ?? ''];
    rows.add(row);
    columns.add(column);
    cells.set(`${row}\u0000${column}`, points.at(-1)?.[1] ?? Number.NaN);
  }
  const across = [...columns].toSorted(natural.compare);
  return html`<table>
    <thead>
      <tr>
        <th>${panel.rowLabel}</th>
        ${across.map((name) => html`<th>${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${[...rows].toSorted(natural.compare).map(
        (row) =>
          html`<tr>
            <td>${row}</td>
            ${across.map((column) => {
              const value = cells.get(`${row}\u0000${column}`);
              if (value === undefined) return html`<td></td>`;
              const look = lookOf(value, panel, panel.expr, view);
              return html`<td class="fill ${look.colour ?? 'grey'}">${look.text}</td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
