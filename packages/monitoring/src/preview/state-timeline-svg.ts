import type { Chart } from '../grafana/panel.ts';
import type { Range } from '../panel-data/prometheus-api.ts';
import type { DashboardView } from '../render/view.ts';
import { timeAxis, timeScale } from './axes.ts';
import { html, type Html } from './html.ts';
import { lookOf } from './look.ts';
import type { Line } from './panel-answers.ts';
import { margin, type Size } from './size.ts';

/** One band a line, a block for each time its value stays the same; where there is no value there is no block. */
export function stateTimelineSvg(
  panel: Chart,
  lines: readonly Line[],
  range: Range,
  size: Size,
  view: DashboardView,
): Html {
  const left = Math.min(260, 16 + 7 * Math.max(...lines.map(({ name }) => name.length)));
  const band = (size.height - margin.top - margin.bottom) / lines.length;
  const x = timeScale(range, size, left);
  const bands = lines.map(({ name, points }, index) => {
    const top = margin.top + index * band + band * 0.1;
    const blocks = merged(points, range.step * 2.5).map(({ from, to, value }) => {
      const look = lookOf(value, panel, panel.queries[0]?.expr, view);
      const width = Math.max(1, x(Math.min(to, range.end)) - x(from));
      const label =
        width > look.text.length * 8 && band > 15
          ? [html`<text class="on" x="${x(from) + 6}" y="${top + band * 0.4 + 4}">${look.text}</text>`]
          : [];
      return html`<rect
          class="fill ${look.colour ?? 'blue'}"
          x="${x(from)}"
          y="${top}"
          width="${width}"
          height="${band * 0.8}"
        />${label}`;
    });
    return html`<text class="tick" x="${left - 8}" y="${top + band * 0.4 + 4}" text-anchor="end">${name}</text
      >${blocks}`;
  });
  return html`<svg width="${size.width}" height="${size.height}">${timeAxis(range, size, left)}${bands}</svg>`;
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

function merged(points: Line['points'], longestStep: number): readonly Block[] {
  const blocks: Block[] = [];
  for (const [at, value] of points) {
    const last = blocks.at(-1);
    const isNear = last !== undefined && at - last.to <= longestStep;
    if (last !== undefined && isNear) blocks[blocks.length - 1] = { ...last, to: at };
    if (last?.value !== value || !isNear) blocks.push({ from: at, to: at, value });
  }
  return blocks;
}
