import { limitOf } from '../grafana/limit.ts';
import type { Chart } from '../grafana/panel.ts';
import type { Range } from '../panel-data/prometheus-api.ts';
import type { DashboardView } from '../render/view.ts';
import { timeAxis, timeScale } from './axes.ts';
import { html, type Html } from './html.ts';
import { unitOfValue } from './look.ts';
import type { Line } from './panel-answers.ts';
import { margin, type Size } from './size.ts';
import { ticks } from './ticks.ts';
import { valueText } from './value-text.ts';

/** Lines over time with an axis, limits as dashes, and a legend below. A gap in the data is a gap in the line. */
export function timeSeriesSvg(
  panel: Chart,
  lines: readonly Line[],
  range: Range,
  size: Size,
  view: DashboardView,
): Html {
  const plot = { ...size, height: size.height - legendHeight(lines, size) };
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value)).filter(Number.isFinite);
  const [low, high] = extent(values);
  const x = timeScale(range, plot);
  const y = (value: number): number =>
    margin.top + (1 - (value - low) / (high - low)) * (plot.height - margin.top - margin.bottom);
  const unit = unitOfValue(panel, panel.queries[0]?.expr);
  const grid = ticks(low, high, Math.max(2, Math.floor(plot.height / 45)), unit).map(
    (value) =>
      html`<line
          class="grid"
          x1="${margin.left}"
          x2="${plot.width - margin.right}"
          y1="${y(value)}"
          y2="${y(value)}"
        /><text class="tick" x="${margin.left - 6}" y="${y(value) + 4}" text-anchor="end"
          >${valueText(value, unit)}</text
        >`,
  );
  const limits = (panel.thresholds ?? [])
    .map((one) => ({ at: limitOf(one, view.site), colour: one.colour }))
    .filter(({ at }) => at > low && at < high)
    .map(
      ({ at, colour }) =>
        html`<line
          class="limit ${colour}"
          x1="${margin.left}"
          x2="${plot.width - margin.right}"
          y1="${y(at)}"
          y2="${y(at)}"
        />`,
    );
  const paths = lines.map(
    ({ points }, index) => html`<path class="line s${index % 8}" d="${path(points, x, y, range.step * 2.5)}" />`,
  );
  return html`<svg width="${plot.width}" height="${plot.height}">${grid}${timeAxis(range, plot)}${limits}${paths}</svg>
    <div class="legend">
      ${lines.map(({ name }, index) => html`<span><i class="s${index % 8}"></i>${name}</span>`)}
    </div>`;
}

function legendHeight(lines: readonly Line[], { width }: Size): number {
  const characters = lines.reduce((sum, { name }) => sum + name.length + 5, 0);
  return Math.min(3, Math.ceil((characters * 7) / width)) * 19 + 2;
}

/** From zero, but for values that all lie far from it, and never empty. */
function extent(values: readonly number[]): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (values.length === 0) return [0, 1];
  if (low === high) return low === 0 ? [0, 1] : [Math.min(0, low * 1.2), Math.max(0, high * 1.2)];
  const isFar = low > 0 && (high - low) / high < 0.2;
  return isFar ? [low - (high - low) * 0.1, high + (high - low) * 0.1] : [Math.min(0, low), high * 1.05];
}

function path(
  points: Line['points'],
  x: (at: number) => number,
  y: (value: number) => number,
  longestStep: number,
): string {
  let last = Number.NEGATIVE_INFINITY;
  const parts: string[] = [];
  for (const [at, value] of points) {
    if (!Number.isFinite(value)) continue;
    parts.push(`${at - last > longestStep ? 'M' : 'L'}${x(at).toFixed(1)},${y(value).toFixed(1)}`);
    last = at;
  }
  return parts.join('');
}
