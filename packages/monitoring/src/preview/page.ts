import type { Dashboard } from '../grafana/dashboard.ts';
import { placePanels, type Placed } from '../grafana/layout.ts';
import type { Chart, Panel } from '../grafana/panel.ts';
import { say } from '../grafana/text.ts';
import type { Range } from '../panel-data/prometheus-api.ts';
import { describe } from '../render/panel.ts';
import { wordsIn, type DashboardView } from '../render/view.ts';
import { heatMapSvg } from './heat-map-svg.ts';
import { html, type Html } from './html.ts';
import type { PanelAnswers } from './panel-answers.ts';
import { barGaugeHtml, statHtml } from './single-values.ts';
import type { Size } from './size.ts';
import { stateTimelineSvg } from './state-timeline-svg.ts';
import { styleSheet } from './style-sheet.ts';
import { matrixHtml, tableHtml } from './table-html.ts';
import { timeSeriesSvg } from './time-series-svg.ts';

/** Pixels of a grid cell of Grafana and of what lies around a panel's content. */
const cell = { width: 66, height: 30, gap: 8 } as const;
const chrome = { width: 18, height: 38 } as const;

const notice = say(
  'Preview drawn by pgattest from live data, not by Grafana: layout, words, units, limits and queries are those of the dashboard, the drawing is not.',
  '由 pgattest 根据实时数据绘制的预览，并非 Grafana：布局、文字、单位、阈值与查询与仪表盘一致，绘制方式不同。',
);
const closed = say('closed in Grafana until somebody opens it', '在 Grafana 中默认折叠');

/** What a page shows besides the dashboard itself. */
export interface PageFacts {
  readonly range: Range;
  readonly variables: Readonly<Record<string, string>>;
  readonly theme: 'light' | 'dark';
  /** The server that was asked. */
  readonly source: string;
}

/** One dashboard as a page of its own: no script, nothing to load, and a line that says it is not Grafana. */
export function previewPage(
  spec: Dashboard,
  answers: ReadonlyMap<Panel, PanelAnswers>,
  facts: PageFacts,
  view: DashboardView,
): string {
  const rows = spec.rows.map(({ title, panels, isCollapsed }) => {
    const note = isCollapsed ? [html`<small>(${wordsIn(view, closed)})</small>`] : [];
    const { placed } = placePanels(panels, 0);
    return html`<h2>${wordsIn(view, title)} ${note}</h2>
      <section>${placed.map((one) => article(one, answers, facts, view))}</section>`;
  });
  const chosen = Object.entries(facts.variables).map(([name, value]) => html`<code>${name}=${value}</code> `);
  const page = html`<html lang="${view.language}" data-theme="${facts.theme}">
    <head>
      <meta charset="utf-8" />
      <title>${wordsIn(view, spec.title)}</title>
      <style>
        ${{ html: styleSheet }}
      </style>
    </head>
    <body>
      <p class="note">${wordsIn(view, notice)} ${facts.source}, ${new Date(facts.range.end * 1000).toISOString()}</p>
      <h1>${wordsIn(view, spec.title)}</h1>
      <p>${wordsIn(view, spec.description)}</p>
      <p>${chosen}</p>
      ${rows}
    </body>
  </html>`;
  return `<!doctype html>\n${page.html}\n`;
}

function article(
  { panel, x, y, w, h }: Placed,
  answers: ReadonlyMap<Panel, PanelAnswers>,
  { range }: PageFacts,
  view: DashboardView,
): Html {
  const size = {
    width: w * cell.width - cell.gap - chrome.width,
    height: h * (cell.height + cell.gap) - cell.gap - chrome.height,
  };
  const found = answers.get(panel);
  const body = found === undefined ? html`` : content(panel, found, range, size, view);
  const place = `grid-column:${x + 1}/span ${w};grid-row:${y + 1}/span ${h}`;
  return html`<article style="${place}" title="${describe(panel, view)}">
    <h3>${wordsIn(view, panel.title)}</h3>
    <div class="body">${body}</div>
  </article>`;
}

type Draw = (panel: Chart, found: PanelAnswers, range: Range, size: Size, view: DashboardView) => Html;

const charts: Readonly<Record<Chart['type'], Draw>> = {
  timeseries: (panel, { lines }, range, size, view) => timeSeriesSvg(panel, lines, range, size, view),
  'state-timeline': (panel, { lines }, range, size, view) => stateTimelineSvg(panel, lines, range, size, view),
  heatmap: (panel, { lines }, range, size) => heatMapSvg(panel, lines, range, size),
  stat: (panel, { lines }, _range, size, view) => statHtml(panel, lines, size, view),
  bargauge: (panel, { lines }, _range, _size, view) => barGaugeHtml(panel, lines, view),
};

function content(panel: Panel, found: PanelAnswers, range: Range, size: Size, view: DashboardView): Html {
  if (found.error !== undefined) return html`<p class="error">${found.error}</p>`;
  if (found.answers.every((series) => series.length === 0)) {
    return html`<p class="empty">${wordsIn(view, panel.empty)}</p>`;
  }
  if (panel.type === 'table') return tableHtml(panel, found, view);
  return panel.type === 'matrix' ? matrixHtml(panel, found, view) : charts[panel.type](panel, found, range, size, view);
}
