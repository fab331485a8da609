import type { Chart } from '../grafana/panel.ts';
import type { Range } from '../panel-data/prometheus-api.ts';
import { timeAxis, timeScale } from './axes.ts';
import { html, type Html } from './html.ts';
import { unitOfValue } from './look.ts';
import type { Line } from './panel-answers.ts';
import { margin, type Size } from './size.ts';
import { valueText } from './value-text.ts';

/** A row a bucket of the cumulative histogram: what it holds beyond the bucket below, the more the darker. */
export function heatMapSvg(panel: Chart, lines: readonly Line[], range: Range, size: Size): Html {
  const buckets = lines
    .map(({ name, points }) => ({ bound: Number(name.replace('+Inf', 'Infinity')), points }))
    .toSorted((a, b) => a.bound - b.bound);
  const cells = buckets.map(({ bound, points }, index) => {
    const below = new Map(buckets[index - 1]?.points ?? []);
    return { bound, cells: points.map(([at, value]) => [at, Math.max(0, value - (below.get(at) ?? 0))] as const) };
  });
  const most = Math.max(...cells.flatMap((row) => row.cells.map(([, value]) => value)), 1e-12);
  const rowHeight = (size.height - margin.top - margin.bottom) / cells.length;
  const x = timeScale(range, size);
  const cellWidth = x(range.start + range.step) - x(range.start);
  const unit = unitOfValue(panel, panel.queries[0]?.expr);
  const rows = cells.map((row, index) => {
    const top = size.height - margin.bottom - (index + 1) * rowHeight;
    const isNamed = index % Math.max(1, Math.ceil(15 / rowHeight)) === 0;
    const name = row.bound === Number.POSITIVE_INFINITY ? '∞' : valueText(row.bound, unit);
    const tick = isNamed
      ? [
          html`<text class="tick" x="${margin.left - 6}" y="${top + rowHeight / 2 + 4}" text-anchor="end"
            >${name}</text
          >`,
        ]
      : [];
    const filled = row.cells.filter(([at, value]) => value > 0 && at < range.end);
    return html`${tick}${filled.map(([at, value]) => cell(x(at), top, cellWidth - 1, rowHeight - 1, value / most))}`;
  });
  return html`<svg width="${size.width}" height="${size.height}">${timeAxis(range, size)}${rows}</svg>`;
}

/** The square root keeps what is rare visible. */
function cell(x: number, y: number, width: number, height: number, share: number): Html {
  const opacity = { html: (0.08 + 0.92 * Math.sqrt(share)).toFixed(2) };
  return html`<rect
    class="heat"
    x="${x}"
    y="${y}"
    width="${Math.max(1, width)}"
    height="${height}"
    opacity="${opacity}"
  />`;
}
